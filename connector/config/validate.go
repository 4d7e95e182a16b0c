package config

import (
	"encoding/hex"
	"fmt"
	"net"
	"regexp"
	"strings"

	"holdfast/engine/tomlfile"
)

// validator checks what one value alone cannot show: names, references and
// what must go together.
type validator struct {
	*Config
	bound *binder
}

var (
	nameForm   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)
	keyForm    = regexp.MustCompile(`^[^\s/]+$`)
	envForm    = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
	langForm   = regexp.MustCompile(`^[a-z]{2,3}(-[A-Z]{2})?$`)
	fieldsForm = regexp.MustCompile(`\{[^{}]*\}`)
)

func (v *validator) all() {
	v.metrics()
	v.languages()
	v.proxy()
	v.answerLinks()
	v.erps()
	v.channels()
	v.companies()
}

func (v *validator) warn(key, what, cure string) {
	v.Warnings = append(v.Warnings, v.Problem(key, what, cure))
}

func (v *validator) metrics() {
	if v.Metrics.Listen == "" {
		return
	}
	host, port, err := net.SplitHostPort(v.Metrics.Listen)
	if err != nil || port == "" {
		v.bound.add("metrics.listen", fmt.Sprintf("%q is not an address to listen on", v.Metrics.Listen), "write it as 127.0.0.1:9464")
		return
	}
	if !isLocal(host) || host == "" {
		v.warn("metrics.listen", "figures can be read from other machines", "listen on 127.0.0.1 unless a firewall stands before it")
	}
}

// languages checks the codes of the customers' languages.
func (v *validator) languages() {
	for i, code := range v.Languages {
		if !langForm.MatchString(code) {
			v.bound.add(fmt.Sprintf("languages[%d]", i+1), fmt.Sprintf("%q is not a language", code), `write a code such as "en", "de" or "pt-BR"`)
		}
	}
	if len(v.Languages) == 0 {
		v.bound.add("languages", "names no language", `write languages = ["en"], or leave it out`)
	}
}

func (v *validator) erps() {
	names := map[string]int{}
	for i := range v.ERP {
		e, key := &v.ERP[i], fmt.Sprintf("erp[%d]", i+1)
		v.name(e.Name, key+".name")
		v.once(names, e.Name, i, "erp", "name")
		v.dsn(e.DSN, key+".dsn")
		v.dsn(e.HoldDSN, key+".hold_dsn")
		if !v.erpUsed(e.Name) {
			v.warn(key+".name", fmt.Sprintf("no company is kept in ERP %q", e.Name), "name it in a [[company]] or remove it")
		}
	}
}

func (v *validator) erpUsed(name string) bool {
	for i := range v.Company {
		if v.Company[i].ERP == name {
			return true
		}
	}
	return false
}

func (v *validator) channels() {
	names := map[string]int{}
	for i := range v.Channel {
		c, key := &v.Channel[i], fmt.Sprintf("channel[%d]", i+1)
		v.name(c.Name, key+".name")
		v.name(c.Type, key+".type")
		v.once(names, c.Name, i, "channel", "name")
		v.checksum(c, key)
	}
}

// checksum checks the form of a program's SHA-256.
func (v *validator) checksum(c *Channel, key string) {
	if b, err := hex.DecodeString(c.Checksum); c.Checksum != "" && (err != nil || len(b) != 32) {
		v.bound.add(key+".checksum", "is not a SHA-256", "write the 64 hex digits that sha256sum prints for the program")
	}
}

// name checks a name that stands in keys and commands.
func (v *validator) name(name, key string) {
	if !nameForm.MatchString(name) {
		v.bound.add(key, fmt.Sprintf("%q is not a name", name), "use letters, digits, - and _ without blanks")
	}
}

// once refuses a name that stood in an earlier table of the same sort.
func (v *validator) once(seen map[string]int, name string, i int, table, field string) {
	key := fmt.Sprintf("%s[%d].%s", table, i+1, field)
	if name == "" {
		return
	}
	if first, ok := seen[name]; ok {
		where := line(v.file, fmt.Sprintf("%s[%d].%s", table, first+1, field))
		v.bound.add(key, fmt.Sprintf("%q stands twice, first on line %d", name, where), "give each [["+table+"]] a "+field+" of its own")
		return
	}
	seen[name] = i
}

// refers checks that a name is among the known ones.
func (v *validator) refers(name, key, table string, known []string) {
	if name == "" || v.bound.bad[table] {
		return
	}
	for _, k := range known {
		if k == name {
			return
		}
	}
	cure := fmt.Sprintf("add a [[%s]] with name = %q", table, name)
	if near := tomlfile.Nearest(name, known); near != "" {
		cure = fmt.Sprintf("did you mean %q? Otherwise %s", near, cure)
	} else if len(known) > 0 {
		cure = fmt.Sprintf("write one of %s, or %s", strings.Join(known, ", "), cure)
	}
	v.bound.add(key, fmt.Sprintf("there is no [[%s]] named %q", table, name), cure)
}

func (v *validator) erpNames() []string {
	names := make([]string, len(v.ERP))
	for i := range v.ERP {
		names[i] = v.ERP[i].Name
	}
	return names
}

func (v *validator) channelNames() []string {
	names := make([]string, len(v.Channel))
	for i := range v.Channel {
		names[i] = v.Channel[i].Name
	}
	return names
}
