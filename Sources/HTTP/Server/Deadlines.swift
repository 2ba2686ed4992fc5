import Platform

/// The times of `Limits` in milliseconds, worked out once.
struct Deadlines: Sendable {
    let head: Int64
    let body: Int64
    let idle: Int64
    let write: Int64
    let writeWhenShort: Int64
    let linger: Int64
    let farewell: Int64

    init(_ limits: Limits) {
        head = limits.headTime.milliseconds
        body = limits.bodyTime.milliseconds
        idle = limits.idleTime.milliseconds
        write = limits.writeTime.milliseconds
        writeWhenShort = min(limits.writeTimeWhenShort.milliseconds, write)
        linger = limits.lingerTime.milliseconds
        farewell = limits.farewellTime.milliseconds
    }
}
