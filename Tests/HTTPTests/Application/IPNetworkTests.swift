import HTTP
import Testing

struct IPNetworkTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
        ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false),
        ("192.0.2.128/25", "192.0.2.128", true), ("192.0.2.128/25", "192.0.2.127", false),
        ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "::1", false),
        ("2001:db8::/32", "2001:DB8:ffff::1", true), ("2001:db8::/32", "2001:db9::1", false),
        ("fd00::/8", "fdff::", true), ("::/0", "192.0.2.1", false),
        // A socket for both families names IPv4 clients so.
        ("192.0.2.0/24", "::ffff:192.0.2.9", true), ("::ffff:192.0.2.9", "192.0.2.9", true),
        ("10.0.0.0/8", "nonsense", false), ("10.0.0.0/8", "", false),
    ])
    func `an address is in a network that has its first bits`(network: String, address: String, isIn: Bool)
        throws
    {
        #expect(try #require(IPNetwork(network)).contains(address) == isIn)
    }

    @Test(arguments: [
        "", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.0/+8",
        "10.0.0.0/8 ",
        "10.0.0.1/8", "::1/64", "::/129", "proxy.example", "10.0.0", "10.0.0.0/255.0.0.0",
    ])
    func `what is no network is refused`(text: String) {
        #expect(IPNetwork(text) == nil)
    }

    @Test func `a network is written in one way, and a single address is known as one`() throws {
        for (text, written, address) in [
            ("10.0.0.0/8", "10.0.0.0/8", nil), ("FD00:0::1", "fd00::1", "fd00::1"),
            ("192.0.2.1/32", "192.0.2.1", "192.0.2.1"),
        ] as [(String, String, String?)] {
            let network = try #require(IPNetwork(text))
            #expect(network.description == written)
            #expect(network.address == address)
        }
    }
}
