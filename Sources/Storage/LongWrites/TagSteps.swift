import Expenses
import SQL

/// Notes the tags of descriptions that were there before tags were, a few at a time. The place's `first` is the number of
/// the last one that was looked at.
struct TagSteps {
    let connection: Connection
    let owner: User.ID

    func read() throws -> LongWriteStore.Progress {
        let longWrites = LongWriteStore(connection: connection)
        var place = try longWrites.place(of: .readTags, owner: owner)
        let tags = TagStore(connection: connection)
        let keys = try tags.keys(of: owner, after: place.first, limit: LongWriteStore.largeBatch)
        guard let last = keys.last else { return .end }
        for (number, key) in keys { try tags.add(of: key, number: number, owner: owner) }
        place.first = last.number
        try longWrites.set(place, of: .readTags, owner: owner)
        return .rows(keys.count)
    }
}
