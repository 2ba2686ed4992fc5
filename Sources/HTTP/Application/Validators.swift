/// What a representation is known by (RFC 9110 §8.8).
package struct Validators: Sendable {
    /// Strong, with its quotes.
    let entityTag: String
    /// Seconds since 1970.
    let lastModified: Int64

    package init(entityTag: String, lastModified: Int64) {
        self.entityTag = entityTag
        self.lastModified = lastModified
    }
}
