package import Platform

/// What an event loop asks of the system: the time, and what happens to its descriptors. `LinuxNetwork` asks the kernel;
/// the simulation in the tests has one of its own, with which it chooses the order of events.
///
/// Belongs to the loop's thread, except for `wakeUp` and `isOwnThread`.
package protocol Network: AnyObject {
    /// Of a clock that never goes back.
    var microseconds: Int64 { get }
    /// Since 1970, for the `Date` field.
    var unixSeconds: Int64 { get }
    /// Whether the caller runs on the loop's thread. From any thread.
    var isOwnThread: Bool { get }
    /// The calling thread is the loop's from now on.
    func enterThread()
    /// Reports what happens to the descriptor with this token, edge-triggered, until the descriptor is closed.
    func watch(_ descriptor: Int32, token: UInt64) throws(SystemError)
    /// Waits until something happens or the time is over; `timeout` in milliseconds, nil for no end. Returns how many
    /// events there are.
    func wait(timeout: Int64?) -> Int
    /// One of the events that the last `wait` has found.
    func event(_ index: Int) -> NetworkEvent
    /// Makes `wait` return with an event whose token is `NetworkEvent.wakeUp`. From any thread.
    func wakeUp()
}

package struct NetworkEvent {
    /// The token of `Network.wakeUp`.
    package static let wakeUp = UInt64.max

    package let token: UInt64
    /// There may be something to read: bytes, the end, or an error.
    package let isReadable: Bool
    package let isWritable: Bool
    /// The peer sends no more.
    package let endsReading: Bool
    /// The connection was reset, or has failed otherwise.
    package let isBroken: Bool

    package init(
        token: UInt64, isReadable: Bool, isWritable: Bool, endsReading: Bool = false, isBroken: Bool = false
    ) {
        self.token = token
        self.isReadable = isReadable
        self.isWritable = isWritable
        self.endsReading = endsReading
        self.isBroken = isBroken
    }
}

/// A connected socket that never blocks; closed when nobody holds it any more. Belongs to one connection.
package protocol Socket: AnyObject {
    /// What `Network.watch` is given.
    var descriptor: Int32 { get }
    /// False while an encrypted connection has not agreed on its keys.
    var isEstablished: Bool { get }
    /// Bytes that have been sent and that the peer has not acknowledged.
    var unacknowledged: Int { get }

    /// Receives into the buffer, which is filled anew. Zero bytes: the peer sends no more.
    func receive(into buffer: ReceiveBuffer) -> Transfer
    /// Whether a `receive` that has not filled the buffer has taken all there was before the next event.
    var isDrained: Bool { get }
    /// Sends what follows `start`.
    func send(_ bytes: [UInt8], from start: Int) -> Transfer
    /// Sends what follows `start`, and `rest` behind it.
    func send(_ bytes: [UInt8], from start: Int, then rest: [UInt8]) -> Transfer
    /// Sends `count` bytes of a file from `offset` on. Zero bytes: the file has become shorter.
    func send(_ file: OpenFile, offset: Int, count: Int) -> Transfer
    /// Says that nothing more will be sent, and goes on receiving.
    func endSending()
    /// What has to be said before the socket is closed.
    func sayGoodbye()
    /// Closing it will reset the connection, so that the peer sees an error instead of an end.
    func resetWhenClosed()
}

/// What a call that receives or sends has come to.
package enum Transfer: Equatable {
    /// So many bytes, perhaps fewer than were asked for.
    case bytes(Int)
    /// Nothing, until the socket is ready for this: TLS may have to write before it can read, and the other way round.
    case blocked(Direction)
    /// The connection is dead.
    case broken

    package enum Direction: Equatable, Sendable {
        case reading, writing
    }
}

/// A socket that listens. Belongs to one loop.
package protocol Listener: AnyObject {
    var descriptor: Int32 { get }
    /// Whether other programs listen on the same socket.
    var isInherited: Bool { get }
    /// Takes the next connection without waiting.
    func accept() -> Accepted
    /// Refuses connections from now on, unless others take them. The descriptor stays until nobody holds the listener.
    func close()
}

package enum Accepted {
    case connection(any Socket, Peer)
    /// A connection that could not be set up; others may follow.
    case refused(SystemError)
    case nothingWaiting
    /// accept(2) fails with EMFILE, ENFILE, ENOBUFS or ENOMEM: time has to pass, or a connection to end.
    case exhausted
    /// The listener itself does not work any more.
    case failed(SystemError)
}
