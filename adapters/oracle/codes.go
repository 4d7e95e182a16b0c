package oracle

import "holdfast/adapters"

// sorted is what an error means to us.
type sorted struct {
	class adapters.Class
	cure  string
}

const (
	cureBusy    = "it is tried again"
	cureTimeout = "raise statement_timeout, or lower history_days"
	cureReach   = "check that database and listener run, and that host and port of the DSN are right"
	cureMissing = "Oracle says the same of a table that is not there and of one that the login may not see: grant what the preset's " +
		"rights list, write the schema before the name, or compare the ERP's version with the preset's"
	cureWords  = "compare the ERP's version with the preset's, or write the query anew in your presets folder"
	cureData   = "compare the query with the columns' types"
	cureLogin  = "check user and password of the DSN"
	cureGrant  = "grant what the preset's rights list to this login"
	cureRoom   = "the server is short of memory, space or sessions; let the database's administrator look"
	cureReads  = "the login, the transaction or the database may only read; give the holds a login of their own on the primary database"
	cureRule   = "a rule of the table refuses the row; look which"
	cureDamage = "let the database's administrator look at the alert log"
)

// Errors that the driver itself must know.
const (
	setAlready = 1453 // SET TRANSACTION must be the first statement of a transaction
	// SYS_CONTEXT does not know a parameter, as before the version that has it
	unknownParameter = 2003
	ownFirst         = 20000 // RAISE_APPLICATION_ERROR takes its codes from here
	ownLast          = 20999
)

// codes sorts Oracle's errors by the numbers of Oracle Database Error Messages
// (docs.oracle.com/error-help/db).
var codes = merge(
	each(adapters.Lock, cureBusy, 51, 54, 60, 4020, 4021, 4061, 4065, 4068, 8176, 8177, 30006),
	each(adapters.Lock, "the picture was gone before it was read to the end; "+cureBusy+"; where this comes often, raise UNDO_RETENTION", 1555),
	each(adapters.Authentication, cureLogin, 1005, 1017, 1004),
	each(adapters.Authentication, "the account is locked; let the database's administrator unlock it, then check the password of the DSN", 28000),
	each(adapters.Authentication, "the password has expired; set a new one and write it into the DSN", 28001),
	each(adapters.Authentication, "grant CREATE SESSION to this login", 1045),
	each(adapters.Authentication, "client and server share no way to log on: take a newer Instant Client, or let the password be set anew", 28040),
	each(adapters.Authentication, "check wallet and certificate: its name must be the host of the DSN, its authority one of the wallet's",
		28759, 28860, 29002, 29003, 29024),
	each(adapters.Permission, cureGrant, 1031, 28115),
	each(adapters.ReadOnly, cureReads, 372, 1456, 1732, 1733, 1752, 12081, 16000),
	each(adapters.Absent, "the listener does not know this service: check the service name in the DSN, or wait until the database has started", 12505, 12514),
	each(adapters.Absent, `the name is in no tnsnames.ora: set configDir in the DSN, or write host:port/service`, 12154, 12162),
	each(adapters.Missing, cureMissing, 942, 4043, 980, 1775, 2019, 2289, 4063, 6550, 6564),
	each(adapters.Missing, cureWords, 900, 903, 904, 905, 906, 907, 908, 909, 911, 917, 918, 920, 921, 922, 923, 927, 928, 933, 934, 935,
		936, 937, 938, 939, 947, 960, 972, 979, 1006, 1008, 1036, 1747, 1756, 1789, 1790, 30483, 32034),
	each(adapters.Data, cureData, 932, 1401, 1406, 1426, 1427, 1438, 1476, 1481, 1489, 1722, 1830, 1839, 1840, 1841, 1843, 1847, 1849,
		1850, 1851, 1852, 1858, 1861, 6502, 12899, 22835, 29275),
	each(adapters.Constraint, cureRule, 1, 1400, 1402, 1407, 2290, 2291, 2292, 4088),
	each(adapters.Cancelled, "", 1013),
	each(adapters.Timeout, cureTimeout, 40, 2393, 2395, 3136, 3156, 12609, 56735),
	each(adapters.Connection, cureReach, 22, 28, 31, 45, 603, 1012, 1033, 1034, 1041, 1089, 1090, 1092, 1109, 2396, 3106, 3113, 3114, 3135,
		12153, 12170, 12203, 12526, 12527, 12528, 12535, 12537, 12541, 12543, 12545, 12547, 12560, 12570, 12571, 12606, 12608, 12637,
		25401, 25402, 25408, 28547),
	each(adapters.Exhausted, cureRoom, 18, 20, 257, 1000, 1536, 1652, 1653, 1654, 1688, 1691, 2391, 4030, 4031, 12516, 12518, 12519, 12520,
		24418, 24457, 24459, 24496, 30036),
	each(adapters.Damaged, cureDamage, 376, 600, 1110, 1115, 1578, 7445, 26040),
)

// clientErrors are those of the client library's own, which have no code.
var clientErrors = map[string]sorted{
	"DPI-1067": {adapters.Timeout, cureTimeout},
	"DPI-1010": {adapters.Connection, cureReach},
	"DPI-1080": {adapters.Connection, cureReach},
	"DPI-1002": {adapters.Connection, cureReach},
}

func each(class adapters.Class, cure string, numbers ...int) map[int]sorted {
	m := make(map[int]sorted, len(numbers))
	for _, n := range numbers {
		m[n] = sorted{class, cure}
	}
	return m
}

func merge(parts ...map[int]sorted) map[int]sorted {
	all := map[int]sorted{}
	for _, part := range parts {
		for n, s := range part {
			all[n] = s
		}
	}
	return all
}
