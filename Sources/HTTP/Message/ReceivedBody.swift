package import Platform

/// A body that was taken while it arrived.
package enum ReceivedBody: Sendable {
    case bytes(StoredBytes)
    case form(UploadedForm)
}
