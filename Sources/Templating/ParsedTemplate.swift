struct ParsedTemplate: Sendable {
    let source: TemplateSource
    let layout: Layout?
    let nodes: [TemplateNode]

    struct Layout: Sendable {
        let name: String
        let offset: Int
    }
}
