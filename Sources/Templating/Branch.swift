struct Branch: Sendable {
    let condition: Condition
    let body: [TemplateNode]
    let offset: Int
}
