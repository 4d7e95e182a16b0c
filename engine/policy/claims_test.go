package policy_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"holdfast/engine/policy"
)

func TestClaims(t *testing.T) {
	for _, c := range []struct{ language, text, want string }{
		{"en", "We will take you to court.", "court:court"},
		{"en", "Otherwise we file a lawsuit and our lawyers will sue.", "lawsuit:lawsuit lawyer:lawyers lawsuit:sue"},
		{"en", "A bailiff will call; the police has been told.", "bailiff:bailiff police:police"},
		{"en", "We hand the debt to a collection agency and report it to the credit bureaus.", "agency:agency credit_bureau:credit bureaus"},
		{"en", "Pay within 48 hours or we will act.", "deadline:within 48 hours"},
		{"en", "Pay within {{.Days}}\n days.", "deadline:within {{.Days}}\n days"},
		{"en", "FINAL NOTICE. By order of the ministry.", "deadline:FINAL NOTICE official:By order of official:ministry"},
		{"en", "Interest of 8 % and a late fee are added.", "interest:Interest fee:fee"},
		{"en", "It is in your interest to answer. We are at 4 Court Street, a courtesy of our travel agency.", ""},
		{"en", "Your invoice is due in 5 days. Thank you, and have a nice weekend.", ""},
		{"en", "issue tissue pursue feet coffee", ""},
		{"en-GB", "our solicitors", "lawyer:solicitors"},
		{"de", "Wir übergeben die Sache unserem Rechtsanwalt und einem Inkassobüro.", "lawyer:Rechtsanwalt agency:Inkassobüro"},
		{"de", "Das Amtsgericht erlässt einen Mahnbescheid.", "court:Amtsgericht lawsuit:Mahnbescheid"},
		{"de", "Der Gerichtsvollzieher kommt binnen 48 Stunden.", "bailiff:Gerichtsvollzieher court:Gerichtsvollzieher deadline:binnen 48 Stunden"},
		{"de", "Verzugszinsen und Mahngebühren, dazu ein SCHUFA-Eintrag und die Polizei", "interest:Verzugszinsen fee:Mahngebühren credit_bureau:SCHUFA police:Polizei"},
		{"de", "Die Zahlung ist in 5 Tagen fällig. Die Leitung ist eingerichtet.", ""},
		{"fr", "Sans réponse sous 48 heures, notre avocat saisira le tribunal.", "deadline:sous 48 heures lawyer:avocat court:tribunal"},
		{"fr", "Un huissier, une société de recouvrement, la police", "bailiff:huissier agency:société de recouvrement police:police"},
		{"fr", "Des intérêts de retard et des frais s'ajoutent.", "interest:intérêts de retard fee:frais"},
		{"fr", "Il est dans votre intérêt de nous répondre.", ""},
		{"es", "En 48 horas nuestro abogado presentará una demanda ante el juzgado.", "deadline:En 48 horas lawyer:abogado lawsuit:demanda court:juzgado"},
		{"es", "Una agencia de cobros, ASNEF y la policía", "agency:agencia de cobros credit_bureau:ASNEF police:policía"},
		{"es", "Se añaden intereses de demora y un recargo.", "interest:intereses de demora fee:recargo"},
		{"it", "court Gericht tribunal juzgado", "court:court court:Gericht court:tribunal court:juzgado"}, // not known: all languages
		{"", "\xff court \xff", "court:court"},
	} {
		var got []string
		for _, claim := range policy.Claims(c.text, c.language) {
			if !strings.HasPrefix(c.text[claim.Offset:], claim.Text) {
				t.Errorf("%q does not stand at %d of %q", claim.Text, claim.Offset, c.text)
			}
			got = append(got, fmt.Sprintf("%s:%s", claim.Kind, claim.Text))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q\n got %s\nwant %s", c.language, c.text, strings.Join(got, " "), c.want)
		}
	}
}

func TestEveryLanguageKnowsEveryKind(t *testing.T) {
	samples := map[string]string{
		"en": "agency bailiff court; Experian; within 2 days; fee, interest, lawsuit, lawyer, summons, police",
		"de": "Inkasso Gerichtsvollzieher Gericht Schufa, sofort, Mahngebühr, Zinsen, Klage, Anwalt, amtlich, Polizei",
		"fr": "agence huissier tribunal; Banque de France; immédiatement; frais, intérêts, procès, avocat, officiel, police",
		"es": "agencia alguacil tribunal asnef inmediatamente recargo intereses pleito abogado oficial policía",
	}
	kinds := strings.Fields("agency bailiff court credit_bureau deadline fee interest lawsuit lawyer official police")
	for language, text := range samples {
		var found []string
		for _, claim := range policy.Claims(text, language) {
			found = append(found, claim.Kind)
		}
		for _, kind := range kinds {
			if !slices.Contains(found, kind) {
				t.Errorf("%s does not know %s: %v", language, kind, found)
			}
		}
	}
}
