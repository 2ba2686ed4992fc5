/// The pieces of a template one after the other, while it is compiled.
struct Pieces<Model> {
    private var pieces: [Show<Model>] = []
    /// What the template says itself before the next piece.
    private var literal: [UInt8] = []

    mutating func append(_ bytes: some Sequence<UInt8>) {
        literal += bytes
    }

    mutating func append(_ show: Show<Model>) {
        guard !literal.isEmpty else { return pieces.append(show) }
        pieces.append(
            Show { [literal = Literal(literal), append = show.append] model, output in
                output.append(literal)
                append(model, &output)
            })
        literal = []
    }

    /// One piece that shows all of them in order.
    consuming func joined() -> Show<Model> {
        if !literal.isEmpty {
            pieces.append(Show { [literal = Literal(literal)] _, output in output.append(literal) })
        }
        return Self.join(pieces[...])
    }

    private static var nothing: Show<Model> { Show { _, _ in } }

    /// A tree of calls: going through an array would count a reference for each piece that it takes out.
    private static func join(_ pieces: ArraySlice<Show<Model>>) -> Show<Model> {
        let first = pieces.startIndex
        switch pieces.count {
        case 0: return nothing
        case 1: return pieces[first]
        case 2...4:
            let (one, two) = (pieces[first].append, pieces[first + 1].append)
            guard pieces.count > 2 else {
                return Show { model, output in
                    one(model, &output)
                    two(model, &output)
                }
            }
            let three = pieces[first + 2].append
            let four = pieces.count > 3 ? pieces[first + 3].append : nothing.append
            return Show { model, output in
                one(model, &output)
                two(model, &output)
                three(model, &output)
                four(model, &output)
            }
        default:
            let quarter = (pieces.count + 3) / 4
            return join(
                stride(from: 0, to: pieces.count, by: quarter).map { start in
                    join(pieces.dropFirst(start).prefix(quarter))
                }[...])
        }
    }
}
