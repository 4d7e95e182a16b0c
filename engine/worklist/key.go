package worklist

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
)

// rowKey says which task a row of a workbook is. It travels in a hidden column,
// so that a row may stand anywhere; its seal shows whether it was altered.
type rowKey struct {
	Company string `json:"c"`
	List    string `json:"l"` // whose worklist it stood in
	Task    string `json:"t"` // the task's key
	ID      int64  `json:"i"` // its number, which the row shows
	Number  string `json:"n"` // the customer's number, which the row shows
}

// keyPrefix marks a row's key, with the version of its form.
const keyPrefix = "hf1."

// seal writes a key as text that read takes back.
func (k rowKey) seal(sign []byte) string {
	content, err := json.Marshal(k)
	if err != nil {
		panic(err) // texts and a number always marshal
	}
	body := base64.RawURLEncoding.EncodeToString(content)
	return keyPrefix + body + "." + stamp(body, sign)
}

// stamp is the seal of a key's body.
func stamp(body string, sign []byte) string {
	mac := hmac.New(sha256.New, sign)
	mac.Write([]byte(keyPrefix + body))
	return hex.EncodeToString(mac.Sum(nil)[:12])
}

// readKey reads what seal wrote. sign returns what seals a company's keys. ok is
// false where the key is not whole or not ours.
func readKey(text string, sign func(company string) []byte) (k rowKey, ok bool) {
	rest, found := strings.CutPrefix(strings.TrimSpace(text), keyPrefix)
	body, seal, sealed := strings.Cut(rest, ".")
	content, err := base64.RawURLEncoding.DecodeString(body)
	if !found || !sealed || err != nil || json.Unmarshal(content, &k) != nil {
		return rowKey{}, false
	}
	return k, hmac.Equal([]byte(seal), []byte(stamp(body, sign(k.Company))))
}
