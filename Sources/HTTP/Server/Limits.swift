/// What one client may cost. The defaults are the program's contract.
package struct Limits: Sendable {
    // Bytes. The request line and the header section together stay below 64 KiB, which `RequestHead` counts on.
    package var requestLine = 8 * 1024
    package var headerSection = 32 * 1024
    package var headerFields = 100
    /// Of all request bodies that are being received or answered at one time; beyond it, 503.
    package var bodiesInTotal = 256 * 1024 * 1024

    /// From the first byte of a request to the end of its header section.
    package var headTime = Duration.seconds(10)
    /// Without a byte of a body.
    package var bodyTime = Duration.seconds(30)
    /// Before a request.
    package var idleTime = Duration.seconds(60)
    /// After which an idle connection gives its task up, and with it the memory of the task's deepest calls, until more
    /// arrives.
    package var parkingTime = Duration.milliseconds(100)
    /// Without the client taking a byte of an answer.
    package var writeTime = Duration.seconds(30)
    /// For the client to read the answer before a connection that it still sends on is cut.
    package var lingerTime = Duration.seconds(5)
    /// For a request that is on its way when the server stops: idle connections are closed after it.
    package var farewellTime = Duration.milliseconds(200)

    /// Nil: as many as the limit on open descriptors allows, `RLIMIT_NOFILE`.
    package var connections: Int?

    package init() {}
}

/// The times of `Limits` in milliseconds, worked out once.
struct Deadlines: Sendable {
    let head: Int64
    let body: Int64
    let idle: Int64
    let parking: Int64
    let write: Int64
    let linger: Int64
    let farewell: Int64

    init(_ limits: Limits) {
        head = limits.headTime.milliseconds
        body = limits.bodyTime.milliseconds
        idle = limits.idleTime.milliseconds
        parking = limits.parkingTime.milliseconds
        write = limits.writeTime.milliseconds
        linger = limits.lingerTime.milliseconds
        farewell = limits.farewellTime.milliseconds
    }
}
