/// Turns a page with its layout and partials into one function over its model, checking names against the fields
/// of the model that is open and following the HTML to know how each variable is escaped.
struct TemplateCompiler {
    /// A chain of partials and blocks longer than this is refused, as is the work that follows from it.
    private static let maximumIncludes = 50

    private let library: TemplateLibrary
    private let page: String
    /// What is written before each path of this site in an address; may be empty.
    private let basePath: [UInt8]
    private var html = HTMLContext.start
    /// What the page and its layouts put into blocks, by the block's name.
    private var blocks: [String: (body: [TemplateNode], file: ParsedTemplate, offset: Int)] = [:]
    private var usedBlocks: Set<String> = []
    /// The partials and blocks being compiled, outermost first: none may contain itself.
    private var active: [String] = []

    static func compile<Model: TemplateModel>(
        _ page: String, in library: TemplateLibrary, basePath: String
    ) throws(TemplateError) -> TemplateProgram<Model> {
        guard let template = try library.parsed(page) else {
            throw TemplateError(
                file: page, line: 0, column: 0,
                message: "there is no such template; there are: "
                    + library.names.joined(separator: ", "))
        }
        var compiler = TemplateCompiler(library: library, page: page, basePath: basePath)
        return try compiler.compilePage(template)
    }

    private init(library: TemplateLibrary, page: String, basePath: String) {
        self.library = library
        self.page = page
        self.basePath = Array(basePath.utf8)
    }

    private mutating func compilePage<Model: TemplateModel>(
        _ page: ParsedTemplate
    ) throws(TemplateError) -> TemplateProgram<Model> {
        var outermost = page
        var chain = [page.source.name]
        while let layout = outermost.layout {
            for case .block(let name, .some(let body), let offset) in outermost.nodes
            where blocks[name] == nil {
                blocks[name] = (body, outermost, offset)
            }
            guard let next = try library.parsed(layout.name) else {
                throw outermost.source.error(at: layout.offset, noTemplate(layout.name))
            }
            guard !chain.contains(layout.name) else {
                throw outermost.source.error(
                    at: layout.offset, "the layout `\(layout.name)` is its own layout")
            }
            chain.append(layout.name)
            outermost = next
        }
        let program: TemplateProgram<Model> = try compiled(outermost.nodes, of: outermost)
        guard html.joined(with: .start) != nil else {
            throw outermost.source.error(
                at: outermost.source.bytes.count, "the page ends within \(html.place); close it")
        }
        try requireAllBlocksUsed()
        return program
    }

    private func requireAllBlocksUsed() throws(TemplateError) {
        for (name, block) in blocks.sorted(by: { $0.key < $1.key }) where !usedBlocks.contains(name) {
            let known = usedBlocks.sorted().joined(separator: ", ")
            throw block.file.source.error(
                at: block.offset,
                "the layout has no block `\(name)`; it has: \(known.isEmpty ? "none" : known)")
        }
    }

    private mutating func compiled<Model: TemplateModel>(
        _ nodes: some Collection<TemplateNode>, of file: ParsedTemplate
    ) throws(TemplateError) -> TemplateProgram<Model> {
        var pieces = Pieces<Model>()
        try compile(nodes, of: file, into: &pieces)
        return pieces.program()
    }

    private mutating func compile<Model: TemplateModel>(
        _ nodes: some Collection<TemplateNode>, of file: ParsedTemplate, into pieces: inout Pieces<Model>
    ) throws(TemplateError) {
        for node in nodes {
            switch node {
            case .text(let range):
                try literal(range, of: file, into: &pieces)
            case .variable(let path, let offset):
                let value: Value<Model> = try value(path.at(offset, of: file))
                pieces.append(value.show, value.escaping)
            case .conditional(let branches, let otherwise, let offset):
                try conditional(branches, otherwise, at: offset, of: file, into: &pieces)
            case .each(let path, let body, let otherwise, let offset):
                try opening(path.at(offset, of: file), Opening(.each, body, otherwise), into: &pieces)
            case .with(let path, let body, let otherwise, let offset):
                try opening(path.at(offset, of: file), Opening(.with, body, otherwise), into: &pieces)
            case .partial(let name, let isOnItsOwnLine, let offset):
                try partial(name, isOnItsOwnLine, at: offset, of: file, into: &pieces)
            case .block(let name, let body, let offset):
                try block(name, body, at: offset, of: file, into: &pieces)
            }
        }
    }

    private mutating func literal<Model>(
        _ range: Range<Int>, of file: ParsedTemplate, into pieces: inout Pieces<Model>
    ) throws(TemplateError) {
        let bytes = file.source.bytes
        var written = range.lowerBound
        for offset in range {
            let next = offset + 1 < range.upperBound ? bytes[offset + 1] : nil
            if html.isAtAddressStart, bytes[offset] == UInt8(ascii: "/"), next != UInt8(ascii: "/") {
                pieces.append(bytes[written..<offset])
                pieces.append(basePath[...])
                written = offset
            }
            do { try html.advance(over: bytes[offset]) } catch {
                throw self.error(at: offset, of: file, error.message)
            }
        }
        pieces.append(bytes[written..<range.upperBound])
    }
}

/// A path as a tag names it, looked up segment by segment.
private struct Lookup {
    let path: Path
    let offset: Int
    let file: ParsedTemplate
    /// How many segments have been followed.
    var depth = 0

    var name: String { path.segments[depth] }
    var isLast: Bool { depth == path.segments.count - 1 }
    /// The path up to the segment that is next.
    var soFar: String { path.segments[...depth].joined(separator: ".") }
    /// What the segments before that one name; nil for the first.
    var owner: String? { depth == 0 ? nil : path.segments[..<depth].joined(separator: ".") }

    var inside: Lookup { Lookup(path: path, offset: offset, file: file, depth: depth + 1) }
}

extension Path {
    fileprivate func at(_ offset: Int, of file: ParsedTemplate) -> Lookup {
        Lookup(path: self, offset: offset, file: file)
    }
}

// Values and tests, which a path may name inside of records.
extension TemplateCompiler {
    private struct Value<Model> {
        let show: Show<Model>
        /// Nil where nothing needs it.
        let escaping: Escaping?
    }

    private mutating func value<Model: TemplateModel>(
        _ lookup: Lookup
    ) throws(TemplateError) -> Value<Model> {
        let field: TemplateField<Model> = try find(lookup)
        guard lookup.isLast else { return try value(lookup, in: try record(field, lookup)) }
        guard case .value(let show, let writing, _) = field.kind else {
            throw error(lookup, Self.advice(field, lookup))
        }
        let escaping: Escaping
        do { escaping = try html.escapingOfVariable() } catch { throw self.error(lookup, error.message) }
        let isEscaped = writing == .text || html.isBetweenApostrophes
        if escaping == .address, !basePath.isEmpty {
            let based = Show<Model> { [write = show.append, basePath] model, output in
                let place = output.count
                write(model, &output)
                output.insert(basePath, beforePathSince: place)
            }
            return Value(show: based, escaping: isEscaped ? escaping : nil)
        }
        return Value(show: show, escaping: isEscaped ? escaping : nil)
    }

    private mutating func value<Record: RecordField>(
        _ lookup: Lookup, in record: Record
    ) throws(TemplateError) -> Value<Record.Outer> {
        let inner: Value<Record.Inner> = try value(lookup.inside)
        var pieces = Pieces<Record.Inner>()
        pieces.append(inner.show)
        return Value(show: record.showing(pieces.program()), escaping: inner.escaping)
    }

    private func test<Model: TemplateModel>(_ lookup: Lookup) throws(TemplateError) -> Test<Model> {
        let field: TemplateField<Model> = try find(lookup)
        guard lookup.isLast else { return try test(lookup, in: try record(field, lookup)) }
        switch field.kind {
        case .flag(let test): return test
        case .value(_, _, let isPresent): return isPresent
        case .list(let nested), .optional(let nested): return presence(of: nested)
        case .record:
            throw error(lookup, "`\(lookup.path)` is a record and always there; ask for a field of it")
        }
    }

    private func test<Record: RecordField>(
        _ lookup: Lookup, in record: Record
    ) throws(TemplateError) -> Test<Record.Outer> {
        record.asking(try test(lookup.inside))
    }

    private func presence<Nested: NestedField>(of nested: Nested) -> Test<Nested.Outer> {
        nested.isPresent
    }

    private func find<Model: TemplateModel>(_ lookup: Lookup) throws(TemplateError) -> TemplateField<Model> {
        if let field = Model.fields[lookup.name] { return field }
        throw error(
            lookup, UnknownName(lookup.name, among: Model.fields.names).message(lookup.path, lookup.owner))
    }

    private func record<Model>(
        _ field: TemplateField<Model>, _ lookup: Lookup
    ) throws(TemplateError) -> any RecordField<Model> {
        let name = lookup.soFar
        switch field.kind {
        case .record(let record): return record
        case .optional: throw error(lookup, "`\(name)` may be absent; open it with {{#with \(name)}}")
        case .list: throw error(lookup, "`\(name)` is a list; use {{#each \(name)}}")
        case .value: throw error(lookup, "`\(name)` is a text and has no fields")
        case .flag: throw error(lookup, "`\(name)` is a flag and has no fields")
        }
    }

    /// What to write instead of `{{path}}` for a field that is not a text.
    private static func advice<Model>(_ field: TemplateField<Model>, _ lookup: Lookup) -> String {
        let path = lookup.path
        return switch field.kind {
        case .value: "`\(path)` is a text; write {{\(path)}}"
        case .flag: "`\(path)` is a flag; use {{#if \(path)}}"
        case .list: "`\(path)` is a list; use {{#each \(path)}}"
        case .optional: "`\(path)` may be absent; use {{#with \(path)}}"
        case .record(let record):
            "`\(path)` is a record; name a field of it: "
                + names(in: record).map { "\(path).\($0)" }.joined(separator: ", ")
        }
    }

    private static func names<Record: RecordField>(in record: Record) -> [String] {
        Record.Inner.fields.names
    }
}

// Conditions and loops.
extension TemplateCompiler {
    private mutating func conditional<Model: TemplateModel>(
        _ branches: [Branch], _ otherwise: [TemplateNode]?, at offset: Int, of file: ParsedTemplate,
        into pieces: inout Pieces<Model>
    ) throws(TemplateError) {
        let start = html
        var ends: [HTMLContext] = []
        var exits: [Int] = []
        for branch in branches {
            let test: Test<Model> = try test(branch.condition.path.at(branch.offset, of: file))
            let entry = pieces.appendTest(test, expected: !branch.condition.isNegated)
            html = start
            try compile(branch.body, of: file, into: &pieces)
            try requireSamePlace(as: start, at: branch.offset, of: file)
            ends.append(html)
            exits.append(pieces.appendLeaving())
            pieces.land(entry)
        }
        html = start
        if let otherwise {
            try compile(otherwise, of: file, into: &pieces)
            try requireSamePlace(as: start, at: offset, of: file)
        }
        for end in ends { html = html.joined(with: end) ?? html }
        for exit in exits { pieces.land(exit) }
    }

    /// An `{{#each}}` or `{{#with}}`.
    private struct Opening {
        enum Kind { case each, with }

        let kind: Kind
        let body: [TemplateNode]
        let otherwise: [TemplateNode]?

        init(_ kind: Kind, _ body: [TemplateNode], _ otherwise: [TemplateNode]?) {
            self.kind = kind
            self.body = body
            self.otherwise = otherwise
        }
    }

    private mutating func opening<Model: TemplateModel>(
        _ lookup: Lookup, _ opening: Opening, into pieces: inout Pieces<Model>
    ) throws(TemplateError) {
        let outside = html
        let show: Show<Model> = try body(of: opening, lookup)
        guard let otherwise = opening.otherwise else {
            html = outside.joined(with: html) ?? html
            return pieces.append(show)
        }
        let entry = pieces.appendTest(try test(lookup), expected: true)
        pieces.append(show)
        let exit = pieces.appendLeaving()
        pieces.land(entry)
        let end = html
        html = outside
        try compile(otherwise, of: lookup.file, into: &pieces)
        try requireSamePlace(as: outside, at: lookup.offset, of: lookup.file)
        html = html.joined(with: end) ?? end
        pieces.land(exit)
    }

    private mutating func body<Model: TemplateModel>(
        of opening: Opening, _ lookup: Lookup
    ) throws(TemplateError) -> Show<Model> {
        let field: TemplateField<Model> = try find(lookup)
        guard lookup.isLast else { return try body(of: opening, lookup, in: try record(field, lookup)) }
        switch (opening.kind, field.kind) {
        case (.each, .list(let nested)), (.with, .optional(let nested)):
            return try body(of: opening, nested, lookup)
        case (.with, .record(let record)):
            guard opening.otherwise == nil else {
                throw error(
                    lookup, "`\(lookup.path)` is always there, so its {{else}} would never be shown")
            }
            return try body(of: opening, record, lookup)
        case (.each, _): throw error(lookup, "{{#each}} takes a list; " + Self.advice(field, lookup))
        case (.with, _): throw error(lookup, "{{#with}} takes a record; " + Self.advice(field, lookup))
        }
    }

    private mutating func body<Record: RecordField>(
        of opening: Opening, _ lookup: Lookup, in record: Record
    ) throws(TemplateError) -> Show<Record.Outer> {
        var pieces = Pieces<Record.Inner>()
        pieces.append(try body(of: opening, lookup.inside))
        return record.showing(pieces.program())
    }

    private mutating func body<Nested: NestedField>(
        of opening: Opening, _ nested: Nested, _ lookup: Lookup
    ) throws(TemplateError) -> Show<Nested.Outer> {
        var start = html
        while true {
            html = start
            let program: TemplateProgram<Nested.Inner> = try compiled(opening.body, of: lookup.file)
            try requireSamePlace(as: start, at: lookup.offset, of: lookup.file)
            // A second round begins where the first one ended: both have to be right for the same pieces.
            guard opening.kind == .each, let again = start.joined(with: html), again != start else {
                return nested.showing(program)
            }
            start = again
        }
    }

    private func requireSamePlace(
        as start: HTMLContext, at offset: Int, of file: ParsedTemplate
    ) throws(TemplateError) {
        guard html.joined(with: start) == nil else { return }
        throw error(
            at: offset, of: file,
            "this begins within \(start.place) and ends within \(html.place); open and close tags and quotes inside it"
        )
    }
}

// Partials and blocks.
extension TemplateCompiler {
    private mutating func partial<Model: TemplateModel>(
        _ name: String, _ isOnItsOwnLine: Bool, at offset: Int, of file: ParsedTemplate,
        into pieces: inout Pieces<Model>
    ) throws(TemplateError) {
        guard let partial = try library.parsed(name) else {
            throw error(at: offset, of: file, noTemplate(name))
        }
        guard partial.layout == nil else {
            throw error(
                at: offset, of: file,
                "`\(name)` is a page with a layout; only templates without one can be shown here")
        }
        try enter("> " + name, at: offset, of: file)
        let nodes = isOnItsOwnLine ? partial.nodes : partial.nodesWithoutLastLineBreak
        try compile(nodes, of: partial, into: &pieces)
        active.removeLast()
    }

    private mutating func block<Model: TemplateModel>(
        _ name: String, _ body: [TemplateNode]?, at offset: Int, of file: ParsedTemplate,
        into pieces: inout Pieces<Model>
    ) throws(TemplateError) {
        usedBlocks.insert(name)
        try enter("block " + name, at: offset, of: file)
        if let filling = blocks[name] {
            try compile(filling.body, of: filling.file, into: &pieces)
        } else if let body {
            try compile(body, of: file, into: &pieces)
        } else {
            throw error(
                at: offset, of: file,
                "nothing fills the block `\(name)`; add {{#block \"\(name)\"}}…{{/block}} to the page, "
                    + "or give it a default here in that form")
        }
        active.removeLast()
    }

    private mutating func enter(_ name: String, at offset: Int, of file: ParsedTemplate) throws(TemplateError)
    {
        guard !active.contains(name) else {
            throw error(at: offset, of: file, "`\(name)` would contain itself")
        }
        guard active.count < Self.maximumIncludes else {
            throw error(at: offset, of: file, "partials are nested more than \(Self.maximumIncludes) deep")
        }
        active.append(name)
    }

    private func noTemplate(_ name: String) -> String {
        "there is no template `\(name)`; there are: " + library.names.joined(separator: ", ")
    }

    private func error(_ lookup: Lookup, _ message: String) -> TemplateError {
        error(at: lookup.offset, of: lookup.file, message)
    }

    /// Names the page too where the place is in a partial or layout.
    private func error(at offset: Int, of file: ParsedTemplate, _ message: String) -> TemplateError {
        let isElsewhere = file.source.name != page
        return file.source.error(at: offset, message + (isElsewhere ? " (in the page `\(page)`)" : ""))
    }
}

extension ParsedTemplate {
    /// A partial in the middle of a line brings no line break of its own.
    fileprivate var nodesWithoutLastLineBreak: [TemplateNode] {
        guard case .text(let range) = nodes.last, source.bytes[range].last == UInt8(ascii: "\n") else {
            return nodes
        }
        let hasReturn = source.bytes[range].dropLast().last == UInt8(ascii: "\r")
        return nodes.dropLast() + [.text(range.lowerBound..<range.upperBound - (hasReturn ? 2 : 1))]
    }
}
