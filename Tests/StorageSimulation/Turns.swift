/// Whether the owners of long writes take turns in a copy of the program.
struct Turns {
    private var steps = 0
    /// The number of each owner's last step.
    private var last: [Int64: Int] = [:]
    /// Owners who have had something to do since before that step.
    private var pendingSince: [Int64: Int] = [:]

    /// A step of the owner has been made. Returns what is wrong with that.
    mutating func note(_ owner: Int64) -> String? {
        steps += 1
        let former = last.updateValue(steps, forKey: owner)
        guard let former else { return nil }
        for (other, since) in pendingSince.sorted(by: { $0.key < $1.key })
        where other != owner && since < former && (last[other] ?? 0) < former {
            return "user \(owner) has had two turns, and user \(other) none"
        }
        return nil
    }

    /// All but these have nothing to do any more.
    mutating func areDone(besides owners: [Int64]) {
        pendingSince = pendingSince.filter { owners.contains($0.key) }
    }

    /// These have something to do now.
    mutating func arePending(_ owners: [Int64]) {
        areDone(besides: owners)
        for owner in owners where pendingSince[owner] == nil { pendingSince[owner] = steps }
    }

    /// Some of what is to be done may fail.
    mutating func forget() { pendingSince.removeAll() }
}
