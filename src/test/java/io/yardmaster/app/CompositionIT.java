package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.web.Routes;
import io.yardmaster.web.Routes.Route;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class CompositionIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Composition.ENTITIES.toArray(Class<?>[]::new));

    // S2: everything served has a rule, and what is open to all is named here (the assets' route is the web's own)
    @Test
    void every_route_has_a_rule_and_few_are_open_to_all(Database database) {
        List<Route> routes = Routes.of(composition(database).resources());
        assertThat(routes).hasSizeGreaterThan(90).allMatch(Route::hasRule);
        assertThat(routes.stream().filter(Route::isOpen).map(Route::path).distinct())
                .containsExactlyInAnyOrder("/sign-in", "/set-up", "/health/live", "/health/ready", "/agent/v1/join");
    }

    private static Composition composition(Database database) {
        Settings settings = new SettingSources(Map.of(), Map.of(), Map.of(), Map.of()).settings();
        return new Composition(settings, database, "test");
    }
}
