extension String {
    /// What a form shows of a value that was refused. A text that is too long comes back, so that it can be cut; one
    /// of more than 16 KiB, eight times what the longest field takes, was not typed by a person and is left out, or
    /// the answer would be several times as long as the request.
    var forRedisplay: String { utf8.count <= 16 * 1024 ? self : "" }
}
