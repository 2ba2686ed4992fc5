// TODO: goes when every sentence is a `Message("…")`.
extension Message: ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) { self.init(verbatim: value) }
}
