package service

// Administrator reports whether the program runs as root or, on Windows, with
// an administrator's elevated rights.
func Administrator() bool { return isAdmin() }
