package conform_test

func serveBad(string) {}
