package import Expenses

/// A file that was uploaded to be imported.
package struct UploadedFile: Hashable, Sendable {
    package typealias ID = Identifier<UploadedFile>

    package let id: ID
    /// In bytes; 0 when they are gone.
    package let size: Int
    /// How many expenses it has added; nil while it has not been.
    package let added: Int?
    /// Why it was taken back by itself when it was added the last time; nil where it was not.
    package let failure: String?
}
