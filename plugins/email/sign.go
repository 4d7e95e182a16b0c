package email

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"regexp"

	"github.com/emersion/go-msgauth/dkim"

	"holdfast/plugins/sdk"
)

// signing are the settings of DKIM; without a domain mails are not signed.
type signing struct {
	DKIMDomain   string `json:"dkim_domain"`
	DKIMSelector string `json:"dkim_selector"`
	DKIMKeyFile  string `json:"dkim_key_file"` // PEM, PKCS #1 or PKCS #8, RSA or Ed25519
}

// weakestRSA is the shortest key that receivers may take: RFC 8301, section
// 3.2, which advises 2048.
const weakestRSA = 1024

var dnsName = regexp.MustCompile(`^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?$`)

func (s *signing) check() (list []sdk.Problem) {
	if s.DKIMDomain+s.DKIMSelector+s.DKIMKeyFile == "" {
		return nil
	}
	cure := "name dkim_domain, dkim_selector and dkim_key_file, or none of them"
	if !dnsName.MatchString(s.DKIMDomain) {
		list = append(list, sdk.Problem{Key: "dkim_domain", Text: fmt.Sprintf("%q is no domain", s.DKIMDomain), Cure: cure})
	}
	if !dnsName.MatchString(s.DKIMSelector) {
		list = append(list, sdk.Problem{Key: "dkim_selector", Text: fmt.Sprintf("%q is no selector", s.DKIMSelector), Cure: cure})
	}
	if s.DKIMKeyFile == "" {
		list = append(list, sdk.Problem{Key: "dkim_key_file", Text: "is missing", Cure: cure})
	}
	return list
}

// signer signs mails. A nil one leaves them as they are.
type signer struct{ options dkim.SignOptions }

// signed lists the header fields under the signature. Those named once more
// than they occur can't be added on the way: RFC 6376, section 5.4. The links
// to unsubscribe must be signed: RFC 8058, section 4.
var signed = []string{
	"From", "From", "Reply-To", "Reply-To", "To", "To", "Cc", "Cc", "Subject", "Subject", "Date", "Date", "Message-ID", "Message-ID",
	"In-Reply-To", "References", "Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Unsubscribe-Post",
	"MIME-Version", "Content-Type", "Content-Transfer-Encoding",
}

// signer reads the key.
func (s *signing) signer() (*signer, *sdk.Problem) {
	if s.DKIMDomain == "" {
		return nil, nil
	}
	key, err := readKey(s.DKIMKeyFile)
	if err != nil {
		return nil, &sdk.Problem{Key: "dkim_key_file", Text: err.Error(), Cure: "make one with: openssl genrsa -out dkim.pem 2048"}
	}
	return &signer{dkim.SignOptions{
		Domain: s.DKIMDomain, Selector: s.DKIMSelector, Signer: key, Hash: crypto.SHA256,
		HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed,
		HeaderKeys: signed,
	}}, nil
}

// readKey reads a private key of RSA or Ed25519.
func readKey(file string) (crypto.Signer, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, fmt.Errorf("%s is no PEM file", file)
	}
	var key any
	if block.Type == "RSA PRIVATE KEY" {
		key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	} else {
		key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	}
	if err != nil {
		return nil, fmt.Errorf("%s holds no private key that can be read: %w", file, err)
	}
	return fit(key, file)
}

// fit refuses keys that receivers do not take.
func fit(key any, file string) (crypto.Signer, error) {
	switch k := key.(type) {
	case *rsa.PrivateKey:
		if k.N.BitLen() < weakestRSA {
			return nil, fmt.Errorf("%s holds an RSA key of %d bits, fewer than %d", file, k.N.BitLen(), weakestRSA)
		}
		return k, nil
	case ed25519.PrivateKey:
		return k, nil
	}
	return nil, fmt.Errorf("%s holds a %T, neither RSA nor Ed25519", file, key)
}

// sign puts a signature before a mail. Its time is that of the signing, so that
// a repeat differs in this one field.
func (s *signer) sign(raw []byte) ([]byte, error) {
	if s == nil {
		return raw, nil
	}
	options := s.options
	var b bytes.Buffer
	b.Grow(len(raw) + 1024)
	if err := dkim.Sign(&b, bytes.NewReader(raw), &options); err != nil {
		return nil, errors.Join(errors.New("the DKIM signature could not be made"), err)
	}
	return b.Bytes(), nil
}
