/// Builds a template's tree from its tokens; every block is closed by its own tag.
struct TemplateParser {
    /// Deeper nesting is refused: it is a mistake, and parsing recurses.
    private static let maximumDepth = 50

    private let source: TemplateSource
    private let tokens: [TemplateLexer.Token]
    private var next = 0
    private var openBlocks: [(name: String, offset: Int)] = []
    private var layout: ParsedTemplate.Layout?

    static func parse(_ source: TemplateSource) throws(TemplateError) -> ParsedTemplate {
        var parser = TemplateParser(source: source, tokens: try TemplateLexer.tokens(of: source))
        let (nodes, _) = try parser.nodes()
        if parser.layout != nil { try parser.requireOnlyBlocks(nodes) }
        return ParsedTemplate(source: source, layout: parser.layout, nodes: nodes)
    }

    private init(source: TemplateSource, tokens: [TemplateLexer.Token]) {
        self.source = source
        self.tokens = tokens
    }

    /// How a run of nodes ended: with the file, or with the tag that closes or divides the open block.
    private enum End {
        case file
        case close
        case otherwise(offset: Int)
        case elseIf(Condition, offset: Int)
    }

    private mutating func nodes() throws(TemplateError) -> ([TemplateNode], End) {
        var nodes: [TemplateNode] = []
        while next < tokens.count {
            let token = tokens[next]
            next += 1
            guard case .tag(let tag, let isOnItsOwnLine, let range) = token else {
                if case .text(let range) = token { nodes.append(.text(range)) }
                continue
            }
            let offset = range.lowerBound
            switch tag {
            case .variable(let path): nodes.append(.variable(path, offset: offset))
            case .partial(let name):
                nodes.append(.partial(name, isOnItsOwnLine: isOnItsOwnLine, offset: offset))
            case .block(let name): nodes.append(.block(name, body: nil, offset: offset))
            case .comment: break
            case .layout(let name): try setLayout(name, at: offset)
            case .openIf(let condition): nodes.append(try conditional(condition, at: offset))
            case .openEach(let path):
                let (body, otherwise) = try bodyAndOtherwise(of: "each", at: offset)
                nodes.append(.each(path, body: body, otherwise: otherwise, offset: offset))
            case .openWith(let path):
                let (body, otherwise) = try bodyAndOtherwise(of: "with", at: offset)
                nodes.append(.with(path, body: body, otherwise: otherwise, offset: offset))
            case .openBlock(let name): nodes.append(try block(name, at: offset))
            case .otherwise:
                try requireOpenBlock("{{else}}", at: offset)
                return (nodes, .otherwise(offset: offset))
            case .elseIf(let condition):
                try requireOpenBlock("{{else if}}", at: offset)
                return (nodes, .elseIf(condition, offset: offset))
            case .close(let name):
                try requireInnermost(name, at: offset)
                return (nodes, .close)
            }
        }
        if let (name, offset) = openBlocks.last {
            throw source.error(at: offset, "{{#\(name)}} opened here is never closed; add {{/\(name)}}")
        }
        return (nodes, .file)
    }

    private mutating func conditional(_ first: Condition, at offset: Int) throws(TemplateError)
        -> TemplateNode
    {
        try open("if", at: offset)
        var branches: [Branch] = []
        var condition = first
        var start = offset
        while true {
            let (body, end) = try nodes()
            branches.append(Branch(condition: condition, body: body, offset: start))
            switch end {
            case .elseIf(let following, let offset):
                condition = following
                start = offset
            case .otherwise:
                let otherwise = try lastPart()
                openBlocks.removeLast()
                return .conditional(branches, otherwise: otherwise, offset: offset)
            case .close, .file:
                openBlocks.removeLast()
                return .conditional(branches, otherwise: nil, offset: offset)
            }
        }
    }

    private mutating func bodyAndOtherwise(
        of name: String, at offset: Int
    ) throws(TemplateError) -> ([TemplateNode], [TemplateNode]?) {
        try open(name, at: offset)
        let (body, end) = try nodes()
        var otherwise: [TemplateNode]?
        switch end {
        case .elseIf(_, let offset):
            throw source.error(
                at: offset, "{{else if}} belongs to {{#if}}; {{#\(name)}} takes {{else}} alone")
        case .otherwise: otherwise = try lastPart()
        case .close, .file: break
        }
        openBlocks.removeLast()
        return (body, otherwise)
    }

    private mutating func block(_ name: String, at offset: Int) throws(TemplateError) -> TemplateNode {
        try open("block", at: offset)
        let (body, end) = try nodes()
        switch end {
        case .otherwise(let offset), .elseIf(_, let offset):
            throw source.error(at: offset, "a {{#block}} has no {{else}}")
        case .close, .file: break
        }
        openBlocks.removeLast()
        return .block(name, body: body, offset: offset)
    }

    /// What follows an `{{else}}`.
    private mutating func lastPart() throws(TemplateError) -> [TemplateNode] {
        let (nodes, end) = try nodes()
        switch end {
        case .otherwise(let offset), .elseIf(_, let offset):
            throw source.error(at: offset, "nothing follows {{else}} but the closing tag")
        case .close, .file: return nodes
        }
    }

    private mutating func open(_ name: String, at offset: Int) throws(TemplateError) {
        guard openBlocks.count < Self.maximumDepth else {
            throw source.error(at: offset, "blocks are nested more than \(Self.maximumDepth) deep")
        }
        openBlocks.append((name, offset))
    }

    private func requireOpenBlock(_ tag: String, at offset: Int) throws(TemplateError) {
        guard openBlocks.isEmpty else { return }
        throw source.error(at: offset, "\(tag) stands outside of {{#if}}, {{#each}} and {{#with}}")
    }

    private func requireInnermost(_ name: String, at offset: Int) throws(TemplateError) {
        guard let open = openBlocks.last else {
            throw source.error(at: offset, "{{/\(name)}} closes nothing: no {{#\(name)}} is open")
        }
        guard open.name == name else {
            let (line, column) = source.position(of: open.offset)
            throw source.error(
                at: offset,
                "{{/\(name)}} does not close {{#\(open.name)}}, opened at \(line):\(column); "
                    + "close that first with {{/\(open.name)}}")
        }
    }

    private mutating func setLayout(_ name: String, at offset: Int) throws(TemplateError) {
        guard next == 1 else {
            throw source.error(at: offset, "{{#layout}} stands on the first line of a page, before all else")
        }
        layout = .init(name: name, offset: offset)
    }

    /// What stands beside the blocks of a page with a layout would be shown nowhere.
    private func requireOnlyBlocks(_ nodes: [TemplateNode]) throws(TemplateError) {
        for node in nodes {
            let offset: Int
            switch node {
            case .block(_, .some, _): continue
            case .text(let range):
                let visible = source.bytes[range].firstIndex { ![9, 10, 13, 32].contains($0) }
                guard let visible else { continue }
                offset = visible
            case .variable(_, let start), .conditional(_, _, let start), .each(_, _, _, let start),
                .with(_, _, _, let start), .partial(_, _, let start), .block(_, nil, let start):
                offset = start
            }
            throw source.error(
                at: offset, "a page with a layout holds blocks only; move this into {{#block \"…\"}}")
        }
    }
}
