package sqlserver

// Scalars is scalars, for tests on a server.
var Scalars = scalars
