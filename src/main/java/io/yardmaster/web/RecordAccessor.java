package io.yardmaster.web;

import java.lang.reflect.Method;
import java.util.Map;
import ognl.ObjectPropertyAccessor;
import ognl.OgnlException;

/** Lets templates write {@code ${run.state}} where {@code run} is a record. */
final class RecordAccessor extends ObjectPropertyAccessor {
    @Override
    @SuppressWarnings("rawtypes") // as OGNL declares it
    public Object getProperty(Map context, Object target, Object name) throws OgnlException {
        Method accessor = accessor(target.getClass(), String.valueOf(name));
        if (accessor == null) {
            return super.getProperty(context, target, name);
        }
        try {
            return accessor.invoke(target);
        } catch (ReflectiveOperationException failure) {
            throw new OgnlException(target.getClass().getSimpleName() + "." + name, failure);
        }
    }

    private static Method accessor(Class<?> type, String name) {
        try {
            Method method = type.getMethod(name);
            method.setAccessible(true);
            return method;
        } catch (NoSuchMethodException none) {
            return null;
        }
    }
}
