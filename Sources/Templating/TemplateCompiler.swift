/// Turns a page with its layout and partials into a program, checking names against the models in scope
/// and following the HTML to know how each variable is escaped.
struct TemplateCompiler {
    /// A chain of partials and blocks longer than this is refused, as is the work that follows from it.
    private static let maximumIncludes = 50

    private let templates: [String: ParsedTemplate]
    private let page: String
    private var program = ProgramBuilder()
    private var html = HTMLContext.start
    /// What the page and its layouts put into blocks, by the block's name.
    private var blocks: [String: (body: [TemplateNode], file: ParsedTemplate, offset: Int)] = [:]
    private var usedBlocks: Set<String> = []
    /// The partials and blocks being compiled, outermost first: none may contain itself.
    private var active: [String] = []

    static func compile(
        _ page: String, for fields: FieldTable, among templates: [String: ParsedTemplate]
    ) throws(TemplateError) -> Program {
        guard let template = templates[page] else {
            throw TemplateError(
                file: page, line: 0, column: 0,
                message: "there is no such template; there are: "
                    + templates.keys.sorted().joined(separator: ", "))
        }
        var compiler = TemplateCompiler(templates: templates, page: page)
        try compiler.compilePage(template, Scope(tables: [fields]))
        return Program(compiler.program)
    }

    private init(templates: [String: ParsedTemplate], page: String) {
        self.templates = templates
        self.page = page
    }

    private mutating func compilePage(_ page: ParsedTemplate, _ scope: Scope) throws(TemplateError) {
        var outermost = page
        var chain = [page.source.name]
        while let layout = outermost.layout {
            for case .block(let name, .some(let body), let offset) in outermost.nodes
            where blocks[name] == nil {
                blocks[name] = (body, outermost, offset)
            }
            guard let next = templates[layout.name] else {
                throw outermost.source.error(at: layout.offset, noTemplate(layout.name))
            }
            guard !chain.contains(layout.name) else {
                throw outermost.source.error(
                    at: layout.offset, "the layout `\(layout.name)` is its own layout")
            }
            chain.append(layout.name)
            outermost = next
        }
        try compile(outermost.nodes, of: outermost, scope)
        guard html.joined(with: .start) != nil else {
            throw outermost.source.error(
                at: outermost.source.bytes.count, "the page ends within \(html.place); close it")
        }
        try requireAllBlocksUsed()
    }

    private func requireAllBlocksUsed() throws(TemplateError) {
        for (name, block) in blocks.sorted(by: { $0.key < $1.key }) where !usedBlocks.contains(name) {
            let known = usedBlocks.sorted().joined(separator: ", ")
            throw block.file.source.error(
                at: block.offset,
                "the layout has no block `\(name)`; it has: \(known.isEmpty ? "none" : known)")
        }
    }

    private mutating func compile(
        _ nodes: some Collection<TemplateNode>, of file: ParsedTemplate, _ scope: Scope
    ) throws(TemplateError) {
        for node in nodes {
            switch node {
            case .text(let range): try literal(range, of: file)
            case .variable(let path, let offset): try variable(path, at: offset, of: file, scope)
            case .conditional(let branches, let otherwise, let offset):
                try conditional(branches, otherwise, at: offset, of: file, scope)
            case .each(let path, let body, let otherwise, let offset):
                let (nested, level) = try list(path, at: offset, of: file, scope)
                try visit(nested, level, body, otherwise, repeats: true, at: offset, of: file, scope)
            case .with(let path, let body, let otherwise, let offset):
                let (nested, level) = try record(path, otherwise, at: offset, of: file, scope)
                try visit(nested, level, body, otherwise, repeats: false, at: offset, of: file, scope)
            case .partial(let name, let isOnItsOwnLine, let offset):
                try partial(name, isOnItsOwnLine, at: offset, of: file, scope)
            case .block(let name, let body, let offset): try block(name, body, at: offset, of: file, scope)
            }
        }
    }

    private mutating func literal(_ range: Range<Int>, of file: ParsedTemplate) throws(TemplateError) {
        for offset in range {
            do { try html.advance(over: file.source.bytes[offset]) } catch {
                throw self.error(at: offset, of: file, error.message)
            }
        }
        program.appendLiteral(file.source.bytes[range])
    }

    private mutating func variable(
        _ path: Path, at offset: Int, of file: ParsedTemplate, _ scope: Scope
    ) throws(TemplateError) {
        let found = try find(path, at: offset, of: file, scope)
        guard case .text(let get) = found.field else {
            throw error(at: offset, of: file, Self.advice(found.field, path))
        }
        do {
            program.appendText(get, level: found.level, escaping: try html.escapingOfVariable())
        } catch {
            throw self.error(at: offset, of: file, error.message)
        }
    }

    /// What to write instead of `{{path}}` for a field that is not a text.
    private static func advice(_ field: Field, _ path: Path) -> String {
        switch field {
        case .text: "`\(path)` is a text; write {{\(path)}}"
        case .flag: "`\(path)` is a flag; use {{#if \(path)}}"
        case .list: "`\(path)` is a list; use {{#each \(path)}}"
        case .optional: "`\(path)` may be absent; use {{#with \(path)}}"
        case .record(let record):
            "`\(path)` is a record; name a field of it: "
                + record.fields().names.map { "\(path).\($0)" }.joined(separator: ", ")
        }
    }
}

// Conditions and loops.
extension TemplateCompiler {
    private mutating func conditional(
        _ branches: [Branch], _ otherwise: [TemplateNode]?, at offset: Int, of file: ParsedTemplate,
        _ scope: Scope
    ) throws(TemplateError) {
        let start = html
        var ends: [HTMLContext] = []
        var jumps: [Int] = []
        for branch in branches {
            let found = try find(branch.condition.path, at: branch.offset, of: file, scope)
            let test = try test(found.field, branch, of: file)
            let skip = program.appendBranch(test, level: found.level, expected: !branch.condition.isNegated)
            html = start
            try compile(branch.body, of: file, scope)
            try requireSamePlace(as: start, at: branch.offset, of: file)
            ends.append(html)
            jumps.append(program.appendJump())
            program.land(skip)
        }
        html = start
        if let otherwise {
            try compile(otherwise, of: file, scope)
            try requireSamePlace(as: start, at: offset, of: file)
        }
        for end in ends { html = html.joined(with: end) ?? html }
        for jump in jumps { program.land(jump) }
    }

    private func test(
        _ field: Field, _ branch: Branch, of file: ParsedTemplate
    ) throws(TemplateError) -> @Sendable (ModelPointer) -> Bool {
        switch field {
        case .flag(let get): return get
        case .text(let get): return { !get($0).isEmpty }
        case .list(let nested), .optional(let nested): return nested.isPresent
        case .record:
            let path = branch.condition.path
            throw error(
                at: branch.offset, of: file, "`\(path)` is a record and always there; ask for a field of it")
        }
    }

    private func list(
        _ path: Path, at offset: Int, of file: ParsedTemplate, _ scope: Scope
    ) throws(TemplateError) -> (NestedField, level: Int) {
        let found = try find(path, at: offset, of: file, scope)
        guard case .list(let nested) = found.field else {
            throw error(at: offset, of: file, "{{#each}} takes a list; " + Self.advice(found.field, path))
        }
        return (nested, found.level)
    }

    private func record(
        _ path: Path, _ otherwise: [TemplateNode]?, at offset: Int, of file: ParsedTemplate, _ scope: Scope
    ) throws(TemplateError) -> (NestedField, level: Int) {
        let found = try find(path, at: offset, of: file, scope)
        switch found.field {
        case .optional(let nested): return (nested, found.level)
        case .record(let nested):
            guard otherwise == nil else {
                throw error(
                    at: offset, of: file, "`\(path)` is always there, so its {{else}} would never be shown")
            }
            return (nested, found.level)
        case .text, .flag, .list:
            throw error(at: offset, of: file, "{{#with}} takes a record; " + Self.advice(found.field, path))
        }
    }

    private mutating func visit(
        _ nested: NestedField, _ level: Int, _ body: [TemplateNode], _ otherwise: [TemplateNode]?,
        repeats: Bool,
        at offset: Int, of file: ParsedTemplate, _ scope: Scope
    ) throws(TemplateError) {
        let outside = html
        var start = html
        let position = program.position
        let inner = scope.opening(nested.fields())
        var visit = 0
        while true {
            visit = program.appendVisit(nested, level: level, bodyLevel: scope.depth)
            html = start
            try compile(body, of: file, inner)
            try requireSamePlace(as: start, at: offset, of: file)
            // A second round begins where the first one ended: both have to be right for the same steps.
            guard repeats, let again = start.joined(with: html), again != start else { break }
            start = again
            program.rewind(to: position)
        }
        program.endBody(ofVisitAt: visit)
        let end = html
        html = outside
        if let otherwise {
            try compile(otherwise, of: file, scope)
            try requireSamePlace(as: outside, at: offset, of: file)
            program.land(visit)
        }
        html = html.joined(with: end) ?? end
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
    private mutating func partial(
        _ name: String, _ isOnItsOwnLine: Bool, at offset: Int, of file: ParsedTemplate, _ scope: Scope
    ) throws(TemplateError) {
        guard let partial = templates[name] else { throw error(at: offset, of: file, noTemplate(name)) }
        guard partial.layout == nil else {
            throw error(
                at: offset, of: file,
                "`\(name)` is a page with a layout; only templates without one can be shown here")
        }
        try enter("> " + name, at: offset, of: file)
        try compile(isOnItsOwnLine ? partial.nodes : partial.nodesWithoutLastLineBreak, of: partial, scope)
        active.removeLast()
    }

    private mutating func block(
        _ name: String, _ body: [TemplateNode]?, at offset: Int, of file: ParsedTemplate, _ scope: Scope
    ) throws(TemplateError) {
        usedBlocks.insert(name)
        try enter("block " + name, at: offset, of: file)
        if let filling = blocks[name] {
            try compile(filling.body, of: filling.file, scope)
        } else if let body {
            try compile(body, of: file, scope)
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
        "there is no template `\(name)`; there are: " + templates.keys.sorted().joined(separator: ", ")
    }

    private func find(
        _ path: Path, at offset: Int, of file: ParsedTemplate, _ scope: Scope
    ) throws(TemplateError) -> Scope.Found {
        do { return try scope.find(path) } catch {
            throw self.error(at: offset, of: file, error.message)
        }
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
