package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"holdfast/engine/fault"
)

func TestAnErrorKeepsItsKindAndTellsItsTrail(t *testing.T) {
	cause := fault.New(fault.Denied, "login of %s: %w", "ann", io.EOF).WithCure("ask %s", "IT")
	err := fault.Wrap("pull company 1", fmt.Errorf("main: %w", cause))
	if fault.KindOf(err) != fault.Denied || !fault.Is(err, fault.Denied) || !errors.Is(err, io.EOF) {
		t.Errorf("%v is of kind %s", err, fault.KindOf(err))
	}
	if want := "pull company 1: main: login of ann: EOF; ask IT"; err.Error() != want {
		t.Errorf("it reads %q, want %q", err, want)
	}
}

func TestNoErrorStaysNone(t *testing.T) {
	if fault.Wrap("anything", nil) != nil || fault.Is(nil, fault.Unknown) {
		t.Error("nil became an error")
	}
	if fault.KindOf(io.EOF) != fault.Unknown {
		t.Error("a stranger has a kind")
	}
}
