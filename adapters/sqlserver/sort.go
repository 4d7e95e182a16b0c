package sqlserver

import (
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	mssql "github.com/microsoft/go-mssqldb"

	"holdfast/adapters"
)

const (
	cureLogin   = "check user and password of the DSN, and that the server lets this login in"
	cureGrant   = "grant what the preset's rights list to this login"
	cureMissing = "this name is not in the ERP's database; compare the ERP's version with the preset's, " +
		"or write the query anew in your presets folder"
	cureSQL      = "the server does not read this SQL; compare its version and the database's compatibility level with the preset's"
	cureReach    = "check that the server runs, that host, port or instance of the DSN are right, and that a firewall lets them through"
	cureBusy     = "it is tried again"
	cureLocked   = "a row is locked by someone else; " + cureBusy
	cureTimeout  = "raise statement_timeout, or lower history_days"
	cureData     = "compare the query with the columns' types"
	cureRule     = "a rule of the table refuses the row; look which"
	cureReadOnly = "the database or this replica may only be read; write holds with a hold_dsn to the primary"
	cureReplica  = "this replica takes no logins that only read: name another server, or add ApplicationIntent=ReadWrite to the DSN"
	cureShort    = "the server is short of memory, space or connections: let its administrator look"
	cureDamaged  = "let the database's administrator look at the server's log, and run DBCC CHECKDB"
	cureSnapshot = "snapshots are allowed in one database of the query and not in the other; run for that one, with nobody working: " +
		"ALTER DATABASE [name] SET ALLOW_SNAPSHOT_ISOLATION ON"
	cureTLS = "check the server's certificate: its name must be the host of the DSN or hostnameincertificate, its authority one that " +
		"this machine trusts or certificate=FILE.pem"
	cureTracking = "let the administrator turn change tracking on for the database and the table, or set the mark of this entity to stamp"
	cureDatabase = "check the name of the database in the DSN, and that this login is a user in it"
	cureKerberos = "check the krb5- settings of the DSN, the clock of this machine and the ticket (klist)"
	cureBrowser  = "check the name of the instance, that SQL Server Browser runs and UDP 1434 is open; or give the port in its place"
	curePassword = "let the administrator set a new password for this login, or unlock it"
)

// sorted is what an error number means to us.
type sorted struct {
	class adapters.Class
	cure  string
}

// group is error numbers that mean the same to us.
type group struct {
	sorted
	numbers []int32
}

// groups follow "Database Engine events and errors" on learn.microsoft.com.
var groups = []group{
	{sorted{adapters.Lock, cureBusy}, []int32{
		1205,       // chosen as the victim of a deadlock
		3960, 3961, // another transaction changed the row, or the table, under a snapshot
		3953, 3954, 3955, 3956, 3957, // snapshots are just being turned on or off
		41301, 41302, 41305, 41325, 41839, // the same of tables in memory
	}},
	{sorted{adapters.Lock, cureLocked}, []int32{1222}},
	{sorted{adapters.Permission, cureSnapshot}, []int32{3951, 3952}},
	{sorted{adapters.Authentication, cureLogin}, []int32{
		18456,        // wrong user or password
		18450, 18452, // not of a domain that the server trusts
		18461, 18470, // only one administrator is let in; the login is disabled
		4064,                // its own database cannot be opened
		40532, 40615, 40914, // Azure: name of the server, firewall
	}},
	{sorted{adapters.Authentication, curePassword}, []int32{18486, 18487, 18488}},
	{sorted{adapters.Absent, cureDatabase}, []int32{911, 4060, 4063}},
	{sorted{adapters.Permission, cureGrant}, []int32{
		229, 230, // on the object, on the column
		262, 297, 300, 15247, // on the database, on the server
		916,   // the login is no user of that database
		15151, // not there, or not shown to this login
	}},
	{sorted{adapters.Missing, cureMissing}, []int32{207, 208, 209, 2812, 4104, 4121}},
	{sorted{adapters.Missing, cureSQL}, []int32{
		102, 105, 130, 137, 155, 156, 170, 174, 189, 195, 319, 325, 1033, 8120, 8155, 11526,
	}},
	{sorted{adapters.Missing, cureTracking}, []int32{22105}},
	{sorted{adapters.Constraint, cureRule}, []int32{
		513, 515, 547, 550, 2601, 2627,
		3609, 50000, // a trigger or procedure said no
	}},
	{sorted{adapters.Data, cureData}, []int32{
		206, 220, 232, 241, 242, 244, 245, 248, 257, 295, 402, 468, 512, 517, 529, 2628, 8114, 8115, 8134, 8152, 9807, 9809,
	}},
	{sorted{adapters.Timeout, cureTimeout}, []int32{-2}},
	{sorted{adapters.ReadOnly, cureReadOnly}, []int32{978, 3906}},
	{sorted{adapters.ReadOnly, cureReplica}, []int32{979, 982}},
	{sorted{adapters.Exhausted, cureShort}, []int32{
		701, 802, 8645, 8651, // memory
		1101, 1105, 9002, 3958, 3959, 3966, 3967, // space, in the database, its log or tempdb
		1204, 17300, 17803, 17809, // locks, connections
		10928, 10929, 40501, 49918, 49919, 49920, // Azure's limits
	}},
	{sorted{adapters.Damaged, cureDamaged}, []int32{605, 823, 824, 825, 832, 5242, 5243, 7105}},
	{sorted{adapters.Connection, cureReach}, []int32{
		53, 64, 121, 233, 10053, 10054, 10060, 10061, 11001, // the network's own
		596, 4014, 4221, 6005, 17142, 17187, 17188, // the session was ended, or the server is starting or stopping
		921, 922, 924, 927, 942, 945, 952, 976, 983, 988, // the database is not open
		40143, 40197, 40540, 40613, // Azure moves it
	}},
}

// numbers finds the meaning of a number.
var numbers = func() map[int32]sorted {
	all := map[int32]sorted{}
	for _, g := range groups {
		for _, n := range g.numbers {
			all[n] = g.sorted
		}
	}
	return all
}()

// Sort sorts by the server's error number; without one it was not reached.
func (Driver) Sort(err error) (adapters.Class, string) {
	if late := (overdue{}); errors.As(err, &late) {
		return adapters.Timeout, cureTimeout
	}
	if errors.Is(err, errReads) {
		return adapters.ReadOnly, "write with the login of the holds"
	}
	var theirs mssql.Error
	if errors.As(err, &theirs) {
		s := sortAll(theirs)
		return s.class, s.cure
	}
	s := sortOther(err)
	return s.class, s.cure
}

// sortAll takes the first error of a batch that is known: what comes after it
// says mostly that nothing could be done.
func sortAll(e mssql.Error) sorted {
	for _, one := range append(append([]mssql.Error(nil), e.All...), e) {
		if s, ok := numbers[one.Number]; ok {
			return s
		}
	}
	return bySeverity(e.Class)
}

// bySeverity sorts an error whose number is not listed.
func bySeverity(severity uint8) sorted {
	switch {
	case severity == 13:
		return sorted{adapters.Lock, cureBusy}
	case severity == 14:
		return sorted{adapters.Permission, cureGrant}
	case severity == 17 || severity == 19:
		return sorted{adapters.Exhausted, cureShort}
	case severity == 23 || severity == 24:
		return sorted{adapters.Damaged, cureDamaged}
	case severity >= 20:
		return sorted{adapters.Connection, cureReach}
	}
	return sorted{}
}

// word sorts an error that is nothing but text.
type word struct {
	text string
	sorted
}

// handshake are the library's words where no trust came about. A connection
// that broke meanwhile is none of them.
var handshake = []word{
	{"server does not support encryption", sorted{adapters.Authentication, "set up TLS on the server"}},
	{"TLS Handshake", sorted{adapters.Authentication, cureTLS}},
	{"x509:", sorted{adapters.Authentication, cureTLS}},
	{"tls:", sorted{adapters.Authentication, cureTLS}},
	{"certificate doesn't match", sorted{adapters.Authentication, cureTLS}},
}

// broken are the words of a connection that is no more.
var broken = []word{
	{"timeout", sorted{adapters.Connection, cureReach}},
	{"EOF", sorted{adapters.Connection, cureReach}},
	{"connection reset", sorted{adapters.Connection, cureReach}},
	{"broken pipe", sorted{adapters.Connection, cureReach}},
	{"closed network connection", sorted{adapters.Connection, cureReach}},
	{"Invalid TDS stream", sorted{adapters.Connection, cureReach}},
	{"failed to send", sorted{adapters.Connection, cureReach}},
	{"faild to send", sorted{adapters.Connection, cureReach}}, // as the library writes it
}

// others are the library's words about names and logins.
var others = []word{
	{"no instance matching", sorted{adapters.Connection, cureBrowser}},
	{"no named pipe instance", sorted{adapters.Connection, cureBrowser}},
	{"sends the login on", sorted{adapters.Connection, "name the server in the DSN that this one sends on to"}},
	{"krb5", sorted{adapters.Authentication, cureKerberos}},
	{"KRB", sorted{adapters.Authentication, cureKerberos}},
	{"login error", sorted{adapters.Authentication, cureLogin}},
}

// sortOther sorts what did not come from the server.
func sortOther(err error) sorted {
	var network net.Error
	if errors.As(err, &network) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, errLost) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return sorted{adapters.Connection, cureReach}
	}
	for _, list := range [][]word{broken, handshake, others} {
		for _, w := range list {
			if strings.Contains(err.Error(), w.text) {
				return w.sorted
			}
		}
	}
	return sorted{}
}

// Answered reports whether the server itself said no. An error that ends the
// connection may have come after the commit.
func (Driver) Answered(err error) bool { return answered(err) }

func answered(err error) bool {
	var theirs mssql.Error
	var fatal mssql.ServerError
	return errors.As(err, &theirs) && !errors.As(err, &fatal) && theirs.Class < 20
}
