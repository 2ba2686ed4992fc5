import Expenses
import Glibc
import JSON
import Testing

/// A file of Tests/Banks with what is to be read in it; its README says what each field means.
struct BankFile {
    struct Booking {
        var line = 0
        /// Each of these will do; empty where it does not matter.
        var dates: [String] = []
        var amounts: [String] = []
        var texts: [String] = []
        var categories: [String] = []
        var kind = ""
        var instead = ""
        var isSaid = false
    }

    let name: String
    let bytes: [UInt8]
    private(set) var currency = ""
    private(set) var expenses: [Booking] = []
    private(set) var optional: [Booking] = []
    private(set) var leave: [Booking] = []
    private(set) var isOpen = false

    private static let folder =
        #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/Banks/"

    static let names = list(in: "")
    /// Layouts that the rules were not made by.
    static let unseen = list(in: "unseen/")

    init(_ name: String) throws {
        self.name = name
        bytes = try BankFile.read(name + ".csv")
        var reader = JSONReader(try BankFile.read(name + ".json"))
        var (currency, isOpen) = ("", false)
        var lists: [String: [Booking]] = [:]
        try reader.object { reader, member throws(JSONError) in
            switch member {
            case "currency": currency = try reader.string()
            case "ask":
                isOpen = true
                _ = try reader.value()
            case "expenses", "optional", "leave":
                try reader.array { reader throws(JSONError) in
                    lists[member, default: []].append(try BankFile.booking(&reader))
                }
            default: _ = try reader.value()
            }
        }
        (self.currency, self.isOpen) = (currency, isOpen)
        (expenses, optional, leave) = (lists["expenses"] ?? [], lists["optional"] ?? [], lists["leave"] ?? [])
    }

    func preferences() throws -> Preferences {
        var preferences = Preferences()
        preferences.currency = try #require(Currency(code: currency))
        return preferences
    }

    private static func booking(_ reader: inout JSONReader) throws(JSONError) -> Booking {
        var booking = Booking()
        try reader.object { reader, member throws(JSONError) in
            switch member {
            case "line": if case .integer(let line) = try reader.value() { booking.line = Int(line) }
            case "date": booking.dates = try strings(&reader)
            case "amount": booking.amounts = try strings(&reader)
            case "text": booking.texts = try strings(&reader)
            case "category": booking.categories = try strings(&reader)
            case "kind": booking.kind = try reader.string()
            case "instead": booking.instead = try reader.string()
            case "said": booking.isSaid = try reader.value() == .bool(true)
            default: _ = try reader.value()
            }
        }
        return booking
    }

    /// A string, or an array of them.
    private static func strings(_ reader: inout JSONReader) throws(JSONError) -> [String] {
        var copy = reader
        if let text = try? copy.string() {
            reader = copy
            return [text]
        }
        var texts: [String] = []
        try reader.array { reader throws(JSONError) in texts.append(try reader.string()) }
        return texts
    }

    private static func read(_ name: String) throws -> [UInt8] {
        let stream = unsafe try #require(fopen(folder + name, "r"), "\(folder + name)")
        defer { unsafe fclose(stream) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = unsafe fread(&bytes, 1, bytes.count, stream)
        return Array(bytes[..<count])
    }

    private static func list(in part: String) -> [String] {
        guard let directory = unsafe opendir(folder + part) else { return [] }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(".json") { names.append(part + name.dropLast(5)) }
        }
        return names.sorted()
    }
}
