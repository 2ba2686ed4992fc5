/// What one client may cost. The defaults are the program's contract.
package struct Limits: Sendable {
    // Bytes.
    package var requestLine = 8 * 1024
    package var headerSection = 32 * 1024
    package var headerFields = 100
    /// A body up to this many bytes is taken from anyone; what is larger, only as `bodyTerms` says.
    package var body = 64 * 1024
    /// Of a body that goes to a `BodyReceiver`, so many bytes gather before they are handed over.
    package var bodyPiece = 256 * 1024
    /// Of all that is received at one time and not answered (bodies, heads that are incomplete, requests received
    /// ahead), and of that from one client; beyond it, 503.
    package var receivedInTotal = 256 * 1024 * 1024
    package var receivedPerClient = 32 * 1024 * 1024
    /// Of all answers that clients have not taken, and of those for one client; who makes it more is cut off.
    package var answersInTotal = 128 * 1024 * 1024
    package var answersPerClient = 16 * 1024 * 1024

    /// From the first byte of a request to the end of its header section.
    package var headTime = Duration.seconds(10)
    /// In any such time `leastTransfer` bytes of a body have to come, or the rest of it.
    package var bodyTime = Duration.seconds(30)
    /// Before a request.
    package var idleTime = Duration.seconds(60)
    /// In any such time the client has to take `leastTransfer` bytes of what it was sent, or the rest of it.
    package var writeTime = Duration.seconds(30)
    /// Bytes.
    package var leastTransfer = 30 * 1024
    /// Without the client taking a byte of an answer, while more than half of `answersInTotal` waits to be taken.
    package var writeTimeWhenShort = Duration.seconds(2)
    /// For the client to read the answer before a connection that it still sends on is cut.
    package var lingerTime = Duration.seconds(5)
    /// For a request that is on its way when the server stops: idle connections are closed after it.
    package var farewellTime = Duration.milliseconds(200)

    /// Nil: as many as the limit on open descriptors allows, `RLIMIT_NOFILE`.
    package var connections: Int?
    /// Of one client; a further one is closed without an answer. Nil: a quarter of all, at least 64.
    package var connectionsPerClient: Int?

    package init() {}

    /// How many connections a process may hold that may have that many descriptors open: an eighth, at least 64 where
    /// that is no more than half, are left for files, databases and pipes.
    static func connections(of descriptors: Int) -> Int {
        descriptors - max(descriptors / 8, min(64, descriptors / 2))
    }
}
