#pragma once
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

// Macros with arguments, which Swift does not import.
static inline long copenssl_set_maximum_version(SSL *session, int version) {
    return SSL_set_max_proto_version(session, version);
}

// A server's context: TLS 1.2 and 1.3 with these ciphers and groups. Clients keep their sessions, encrypted, so that they
// cost no memory while they are away. Returns 1, or 0 where OpenSSL refuses any of it.
static inline int copenssl_set_up(SSL_CTX *context, const char *ciphers, const char *groups, long session_lifetime) {
    SSL_CTX_set_options(context, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA | SSL_OP_NO_RENEGOTIATION |
                                     SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(context,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_timeout(context, session_lifetime);
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_cipher_list(context, ciphers) == 1 && SSL_CTX_set1_groups_list(context, groups) == 1 &&
           SSL_CTX_set_num_tickets(context, 1) == 1;
}

// The certificate, those that vouch for it and the key of one context, for another. Returns 1, or 0 without memory.
static inline int copenssl_copy_certificate(SSL_CTX *from, SSL_CTX *to) {
    STACK_OF(X509) *chain = NULL;
    SSL_CTX_get0_chain_certs(from, &chain);
    return SSL_CTX_use_certificate(to, SSL_CTX_get0_certificate(from)) == 1 &&
           SSL_CTX_use_PrivateKey(to, SSL_CTX_get0_privatekey(from)) == 1 &&
           (chain == NULL || SSL_CTX_set1_chain(to, chain) == 1);
}
