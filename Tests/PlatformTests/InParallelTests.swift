import Platform
import Testing

@Suite struct InParallelTests {
    private struct Failure: Error, Equatable { let name: String }

    @Test func `both closures' results are returned`() throws {
        let (first, second) = try inParallel({ 1 }, { "two" })
        #expect(first == 1 && second == "two")
    }

    @Test(arguments: [(true, false, "first"), (false, true, "second"), (true, true, "first")])
    func `a failure of either is thrown, the first one's before the second one's`(
        firstFails: Bool, secondFails: Bool, thrown: String
    ) {
        #expect(throws: Failure(name: thrown)) {
            _ = try inParallel(
                { if firstFails { throw Failure(name: "first") } },
                { if secondFails { throw Failure(name: "second") } })
        }
    }
}
