/// Any bytes, as a page, its layout and its partial: they are refused with an error, or shown without a value
/// coming out unescaped.
///
/// Compiled in one module with Sources/Templating.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTemplateParser(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    let parts = bytes.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false).map { Array($0) }
    do throws(TemplateError) {
        var files = [(name: "page", file: "page.html", bytes: parts[0])]
        for (name, part) in zip(["layout", "part"], parts.dropFirst()) {
            files.append((name, name + ".html", part))
        }
        let library = try TemplateLibrary(files, basePath: bytes.count % 2 == 0 ? "" : "/money")
        try library.check()
        let template = try library.template("page", for: FuzzedPage.self)
        let output = template.render(FuzzedPage())
        let isInTemplate = bytes.contains(Array("hostile".utf8))
        precondition(isInTemplate || !output.contains(Array(FuzzedPage.hostile.utf8)), "not escaped")
    } catch {
        precondition(
            error.line <= bytes.count + 1 && error.column <= bytes.count + 1 && !error.message.isEmpty)
    }
    return 0
}

private struct FuzzedPage: TemplateModel {
    static let hostile = "<hostile '\">"

    var rows = [Row(), Row()]
    var note: Row? = Row()

    static let fields: TemplateFields<Self> = [
        "t": .field { _ in hostile },
        "n": .field { _ in -12 },
        "f": .field { _ in true },
        "g": .field { _ in false },
        "l": .field { $0.rows },
        "e": .field { _ in [Row]() },
        "r": .field { _ in Row() },
        "o": .field { $0.note },
    ]

    struct Row: TemplateModel {
        static let fields: TemplateFields<Self> = [
            "t": .field { _ in hostile },
            "r": .field { _ in Row() },
            "l": .field { _ in ["a", "b"] },
        ]
    }
}
