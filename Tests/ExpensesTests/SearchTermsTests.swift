import Expenses
import Testing

@Suite struct SearchTermsTests {
    @Test(arguments: [
        ("", []), ("  ", []), ("\"\"", []), ("Lunch", ["lunch"]), ("lunch ", ["lunch"]),
        ("Café  bar", ["cafe", "bar"]), ("\"café bar\" x", ["cafe bar", "x"]),
        ("say \"a  b\"c", ["say", "a b", "c"]), ("6\" pipe", ["6\"", "pipe"]), ("tea TEA", ["tea"]),
    ])
    func `a text asks for its words, and for what stands in quotes`(text: String, keys: [String]) {
        #expect(SearchTerms(text).keys == keys)
    }
}
