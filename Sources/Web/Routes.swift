import HTTP

extension Route {
    /// The site map: every address there is, and who answers it.
    static func siteMap(_ services: Services) -> [Route] {
        let home = HomeController(services)
        let health = HealthController(services)
        return [
            Route(.get, "/", .anyone(home.show)),
            Route(.get, "/healthz", .anyone(health.show)),
        ]
    }
}
