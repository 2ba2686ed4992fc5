import COpenSSL
import Glibc

/// What a file with a certificate in PEM says of the first one in it.
package struct CertificateFile: Hashable, Sendable {
    package enum Problem: Error {
        case noCertificate
        /// Also one with a passphrase.
        case noKey
        case keyOfAnother
    }

    /// Hexadecimal.
    package let serial: String
    /// Unix seconds from which, and until which, it is valid.
    package let start: Int64
    package let end: Int64

    /// Also checks that `keyFile` holds the certificate's key. Both files have to be readable.
    package init(_ file: String, keyFile: String) throws(Problem) {
        defer { ERR_clear_error() }
        let certificate = unsafe Self.read(file) { unsafe PEM_read_bio_X509($0, nil, nil, nil) }
        guard let certificate = unsafe certificate else { throw .noCertificate }
        defer { unsafe X509_free(certificate) }
        let key = unsafe Self.read(keyFile) { file in
            // OpenSSL would ask for a passphrase at the terminal: it gets an empty one.
            unsafe PEM_read_bio_PrivateKey(file, nil, { _, _, _, _ in 0 }, nil)
        }
        guard let key = unsafe key else { throw .noKey }
        defer { unsafe EVP_PKEY_free(key) }
        guard unsafe X509_check_private_key(certificate, key) == 1 else { throw .keyOfAnother }
        guard let start = unsafe Self.seconds(X509_get0_notBefore(certificate)),
            let end = unsafe Self.seconds(X509_get0_notAfter(certificate))
        else { throw .noCertificate }
        (self.start, self.end) = (start, end)
        let serial = unsafe X509_get0_serialNumber(certificate)
        // The bytes belong to the certificate; they are copied here.
        let bytes = unsafe UnsafeBufferPointer(
            start: ASN1_STRING_get0_data(serial), count: Int(ASN1_STRING_length(serial)))
        let digits = Array("0123456789ABCDEF")
        self.serial = String(unsafe bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    private static func read(_ path: String, _ read: (OpaquePointer) -> OpaquePointer?) -> OpaquePointer? {
        guard let file = unsafe BIO_new_file(path, "r") else { return nil }
        defer { unsafe BIO_free(file) }
        return unsafe read(file)
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64? {
        var parts = unsafe tm()
        guard unsafe ASN1_TIME_to_tm(time, &parts) == 1 else { return nil }
        return Int64(unsafe timegm(&parts))
    }
}
