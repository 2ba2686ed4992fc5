package import Platform

/// A `multipart/form-data` body: short fields, and one file.
package final class UploadedForm: Sendable {
    private let fields: FormData
    /// Nil where the form has no such field.
    package let file: StoredBytes?
    /// Whether somebody has chosen a file, be it an empty one.
    package let isFileChosen: Bool

    init(fields: FormData, file: StoredBytes?, isFileChosen: Bool) {
        self.fields = fields
        self.file = file
        self.isFileChosen = isFileChosen
    }

    /// The content of the first field of that name that is no file. Bytes that are not UTF-8 come out as U+FFFD.
    package subscript(_ name: String) -> String? { fields[name] }
}

/// Takes a form with a file apart while it arrives. Belongs to one thread at a time.
struct UploadedFormWriter: ~Copyable {
    /// Bytes of all fields that are no file, names included.
    private static let maxFieldBytes = 64 * 1024

    private enum Part {
        case none
        case field(name: String, content: [UInt8])
        case file
        /// A second file, which nobody has asked for.
        case skipped
    }

    private let fileField: String
    private var reader: MultipartReader
    private var writer: TemporaryWriter
    private var fields = FormData()
    private var fieldBytes = 0
    private var part = Part.none
    private var hasFile = false
    private var isFileChosen = false

    init(contentType: String?, fileField: String, _ writer: consuming TemporaryWriter) throws(RequestError) {
        reader = try MultipartReader(contentType: contentType)
        self.fileField = fileField
        self.writer = writer
    }

    mutating func write(_ bytes: [UInt8]) throws {
        var reader = reader
        try reader.take(bytes) { event in
            switch event {
            case .part(let name, let isFile): try begin(name, isFile: isFile)
            case .content(let content): try add(content)
            }
        }
        self.reader = reader
    }

    private mutating func begin(_ name: String, isFile: Bool) throws {
        endField()
        if name == fileField {
            part = hasFile ? .skipped : .file
            if !hasFile { isFileChosen = isFile }
            hasFile = true
        } else {
            part = .field(name: name, content: [])
            try charge(name.utf8.count)
        }
    }

    private mutating func add(_ content: ArraySlice<UInt8>) throws {
        switch part {
        case .none, .skipped: break
        case .file: try writer.write { $0 += content }
        case .field(let name, var bytes):
            part = .none
            try charge(content.count)
            bytes += content
            part = .field(name: name, content: bytes)
        }
    }

    private mutating func charge(_ count: Int) throws(RequestError) {
        fieldBytes += count
        guard fieldBytes <= Self.maxFieldBytes else {
            throw RequestError(
                .contentTooLarge,
                "The fields beside the file have more than \(Self.maxFieldBytes / 1024) KiB.")
        }
    }

    private mutating func endField() {
        if case .field(let name, let content) = part {
            fields.append(name, String(decoding: content, as: UTF8.self))
        }
        part = .none
    }

    consuming func finish() throws -> UploadedForm {
        guard reader.isFinished else { throw MultipartReader.malformed }
        endField()
        let file = try writer.finish()
        return UploadedForm(fields: fields, file: hasFile ? file : nil, isFileChosen: isFileChosen)
    }
}
