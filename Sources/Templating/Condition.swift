struct Condition: Sendable, Equatable {
    let path: Path
    let isNegated: Bool
}
