package inbound

import (
	"regexp"
	"strings"
)

var (
	// Names of hosts and addresses hold words that mean nothing.
	nameOrAddress = regexp.MustCompile(`[^\s<>]+@[^\s<>]+|https?://\S+|\b[a-z0-9_-]+(?:\.[a-z0-9_-]+)+`)
	noAccount     = regexp.MustCompile(`does(n't| not) have an? \S+ account`)
	enhancedCode  = regexp.MustCompile(`(?:^|[^0-9.])([245]\.[0-9]{1,3}\.[0-9]{1,3})(?:[^0-9.]|\.?$|\. )`)
	replyCode     = regexp.MustCompile(`(?:^|[^0-9.])([45][0-9]{2})[ -]`)
)

// enhanced returns the first enhanced status code of a text, empty where none.
func enhanced(text string) string {
	if found := enhancedCode.FindStringSubmatch(text); found != nil {
		return found[1]
	}
	return ""
}

// verdict says whether a failure means that the address is dead. In doubt it
// does not: a wrong no costs one more try, a wrong yes loses a customer's
// address.
func verdict(status, text string) Class {
	low := strings.ToLower(text)
	reply := ""
	if found := replyCode.FindStringSubmatch(text); found != nil {
		reply = found[1]
	}
	switch {
	case strings.HasPrefix(status, "4.") || strings.HasPrefix(status, "5.7."), strings.HasPrefix(reply, "4"):
		return BounceSoft
	case says(nameOrAddress.ReplaceAllString(low, " "), notTheAddress):
		return BounceSoft
	case deadCode(status), says(low, deadAddress), noAccount.MatchString(low):
		return BounceHard
	case status == "5.2.1" && says(low, closedMailbox):
		return BounceHard
	case status == "5.4.4" && says(low, noSuchDomain):
		return BounceHard
	case status == "5.4.1" && strings.Contains(low, "recipient address rejected: access denied"):
		return BounceHard // Exchange Online for an address that its directory lacks
	}
	return BounceSoft
}

// deadCode reports the codes of RFC 3463 and RFC 7505 by which a permanent
// failure lies in the recipient's address: no such mailbox, no such domain, bad
// syntax, moved away, takes no mail. 5.1.7 and 5.1.8 are about the sender's.
func deadCode(status string) bool {
	switch status {
	case "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10":
		return true
	}
	return false
}

func says(low string, words []string) bool {
	for _, w := range words {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// notTheAddress are words of failures whose cause is something else: a full
// mailbox, a filter, size, rate, a server's trouble, or ourselves.
var notTheAddress = []string{
	"mailbox full", "mailbox is full", "over quota", "overquota", "quota exceeded", "exceeded storage", "out of storage",
	"storage allocation", "insufficient system storage", "exceeds mailbox", "inbox is full", "quota", "postfach ist voll", "boîte pleine",
	"spam", "junk", "blacklist", "blocklist", "block list", "blocked", "banned", "reputation", "dmarc", "dkim", "spf ", "policy", "unsolicited",
	"virus", "malware", "content rejected", "message rejected", "message content", "high probability", "bulk mail", "rbl", "spamhaus", "barracuda",
	"greylist", "graylist", "temporar", "try again later", "try later", "too many", "rate limit", "rate that", "throttl", "timed out", "timeout",
	"too large", "size limit", "exceeds size", "maximum size", "message size", "loop", "too many hops", "hop count",
	"relaying denied", "relay access denied", "unable to relay", "relay not permitted", "not allowed to relay", "authentication required",
	"not authenticated", "not authorized", "not permitted", "administrative prohibition", "connection refused", "connection lost",
	"network is unreachable", "no route to host", "lost connection", "deferred", "retry timeout", "local configuration error",
	"sender", "return path", "your domain", "helo", "reverse dns", "ptr record",
}

// deadAddress are words that say that there is no such address.
var deadAddress = []string{
	"user unknown", "unknown user", "no such user", "no such recipient", "no such address", "no such mailbox", "no such person", "no such account",
	"unknown recipient", "recipient unknown", "unknown address", "address unknown", "unknown mailbox", "unknown local part",
	"recipnotfound", "recipientnotfound", "recipient not found", "user not found", "mailbox not found", "address not found", "account not found",
	"does not exist", "doesn't exist", "invalid recipient", "invalid mailbox", "not a valid recipient", "not a valid mailbox",
	"no mailbox here by that name", "no mailbox by that name", "isn't a user here", "not a known user", "unrouteable address",
	"email account that you tried to reach is disabled", "account has been disabled", "account is disabled", "account has been deactivated",
	"account has been closed", "mailbox has been closed", "address is no longer valid", "address no longer in use", "no longer available here",
	"empfänger unbekannt", "unbekannter empfänger", "benutzer unbekannt", "unbekannter benutzer", "existiert nicht", "adresse unbekannt",
	"utilisateur inconnu", "destinataire inconnu", "adresse inconnue", "n'existe pas", "usuario desconocido", "destinatario desconocido",
	"no existe", "buzón no encontrado", "utente sconosciuto", "destinatario sconosciuto", "non esiste", "gebruiker onbekend", "onbekende gebruiker",
	"bestaat niet",
}

// closedMailbox are words of a mailbox that takes no mail for good (5.2.1).
var closedMailbox = []string{"disabled", "deactivated", "inactive", "closed", "suspended", "no longer"}

// noSuchDomain are words of a domain that does not exist (5.4.4).
var noSuchDomain = []string{"host not found", "domain not found", "host or domain name not found", "no such domain", "nxdomain", "unknown host"}
