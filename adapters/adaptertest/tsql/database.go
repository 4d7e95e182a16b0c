package tsql

import "fmt"

// alterDatabase reads ALTER DATABASE … SET READ_ONLY and READ_WRITE, which new
// connections obey. Other settings have no effect.
func (p *parser) alterDatabase() []Statement {
	p.need("DATABASE")
	if !p.take("CURRENT") {
		p.name()
	}
	p.need("SET")
	option := p.peek().upper()
	p.toEnd()
	switch option {
	case "READ_ONLY", "READ_WRITE":
		value := map[bool]string{true: "on", false: "off"}[option == "READ_ONLY"]
		return p.defined(fmt.Sprintf("SET transaction_read_only = off; DO $db$ BEGIN EXECUTE format("+
			"'ALTER DATABASE %%I SET default_transaction_read_only = %s', current_database()); END $db$", value))
	}
	return []Statement{{Kind: Nothing}}
}
