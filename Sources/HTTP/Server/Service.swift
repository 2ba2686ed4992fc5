/// What every connection of a server needs to know.
package final class Service: Sendable {
    let limits: Limits
    let deadlines: Deadlines
    let bodyTerms: @Sendable (Request) throws(RequestError) -> BodyTerms
    let errorResponse: @Sendable (RequestError) -> Response
    let respond: @Sendable (Request) -> Answer
    let log: @Sendable (String) -> Void
    /// For what is received and not answered, in bytes.
    package let received: Budget
    /// For answers that the clients have not taken yet, in bytes.
    package let answers: Budget
    /// For connections, each counting one.
    package let connections: Budget

    /// `capacity`: connections of all loops.
    package init(
        _ limits: Limits, capacity: Int, log: @escaping @Sendable (String) -> Void,
        bodyTerms: @escaping @Sendable (Request) throws(RequestError) -> BodyTerms,
        errorResponse: @escaping @Sendable (RequestError) -> Response,
        respond: @escaping @Sendable (Request) -> Answer
    ) {
        self.limits = limits
        deadlines = Deadlines(limits)
        self.log = log
        self.bodyTerms = bodyTerms
        self.errorResponse = errorResponse
        self.respond = respond
        received = Budget(limit: limits.receivedInTotal, share: limits.receivedPerClient)
        answers = Budget(limit: limits.answersInTotal, share: limits.answersPerClient)
        connections = Budget(
            limit: .max, share: limits.connectionsPerClient ?? max(64, capacity / 4))
    }
}
