import Platform

/// What every connection of a server needs to know.
final class Service: Sendable {
    let limits: Limits
    /// Nil where connections are not encrypted.
    let certificate: Certificate?
    let deadlines: Deadlines
    let maximumBodySize: @Sendable (Request) -> Int
    let errorResponse: @Sendable (RequestError) -> Response
    let respond: @Sendable (Request) -> Answer
    let log: @Sendable (String) -> Void
    /// For bodies that are being received or answered.
    let bodies: Budget
    /// For answers that the clients have not taken yet.
    let answers: Budget

    init(
        _ configuration: Server.Configuration,
        maximumBodySize: @escaping @Sendable (Request) -> Int,
        errorResponse: @escaping @Sendable (RequestError) -> Response,
        respond: @escaping @Sendable (Request) -> Answer
    ) {
        let limits = configuration.limits
        self.limits = limits
        certificate = configuration.certificate
        deadlines = Deadlines(limits)
        self.maximumBodySize = maximumBodySize
        log = configuration.onLog
        let unshared = Set(configuration.proxies)
        bodies = Budget(limit: limits.bodiesInTotal, share: limits.bodiesPerAddress, unshared: unshared)
        answers = Budget(limit: limits.answersInTotal, share: limits.answersPerAddress, unshared: unshared)
        self.errorResponse = errorResponse
        self.respond = respond
    }

    /// What encrypts a connection on the socket; nil where it is not to be.
    func session(on socket: Int32) throws(SystemError) -> TLSSession? {
        guard let certificate else { return nil }
        return try certificate.session(on: socket)
    }
}
