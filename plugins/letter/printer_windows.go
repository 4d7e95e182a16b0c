package letter

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"

	"holdfast/plugins/sdk"
)

// The spooler's calls.
var (
	winspool     = windows.NewLazySystemDLL("winspool.drv")
	openPrinter  = winspool.NewProc("OpenPrinterW")
	closePrinter = winspool.NewProc("ClosePrinter")
	startDoc     = winspool.NewProc("StartDocPrinterW")
	endDoc       = winspool.NewProc("EndDocPrinter")
	abortPrinter = winspool.NewProc("AbortPrinter")
	writePrinter = winspool.NewProc("WritePrinter")
	getJob       = winspool.NewProc("GetJobW")
)

// winQueue hands PDF as it is to a queue of Windows: the printer itself must read
// PDF, as most office printers do. It needs no program that prints PDF, of which a
// service without a screen has none.
type winQueue struct{ name string }

func newSpooler(queue, server string) (spooler, error) {
	if server != "" {
		return nil, errors.New("a CUPS server cannot be reached from Windows: leave server empty")
	}
	return winQueue{queue}, winspool.Load()
}

// docInfo is DOC_INFO_1.
type docInfo struct{ name, file, kind *uint16 }

func (q winQueue) open() (windows.Handle, error) {
	name, err := windows.UTF16PtrFromString(q.name)
	if err != nil {
		return 0, err
	}
	var h windows.Handle
	if ok, _, err := openPrinter.Call(uintptr(unsafe.Pointer(name)), uintptr(unsafe.Pointer(&h)), 0); ok == 0 {
		return 0, fmt.Errorf("open the queue %s: %w", q.name, err)
	}
	return h, nil
}

// print queues each file as a job; the first one's number is that of the letter.
func (q winQueue) print(_ context.Context, title string, files []string) sdk.Sent {
	h, err := q.open()
	if err != nil {
		return sdk.Sent{State: sdk.Retry, Detail: err.Error(), RetryAfter: 5 * time.Minute, WholeChannel: true}
	}
	defer closePrinter.Call(uintptr(h))
	sent := sdk.Sent{State: sdk.Accepted, Detail: "queued at " + q.name}
	for i, path := range files {
		job, err := printFile(h, title, path)
		switch {
		case err != nil && i == 0:
			return sdk.Sent{State: sdk.Retry, Detail: "the print system took nothing: " + err.Error(), RetryAfter: 5 * time.Minute}
		case err != nil:
			return sdk.Sent{State: sdk.Uncertain, Detail: fmt.Sprintf("the letter was queued and enclosure %d was not: %v", i, err)}
		case i == 0:
			sent.ProviderID = q.name + "-" + strconv.Itoa(int(job))
		}
	}
	return sent
}

// printFile queues one file. A job that is not whole is taken back.
func printFile(h windows.Handle, title, path string) (job uintptr, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	name, err := windows.UTF16PtrFromString(title)
	if err != nil {
		return 0, err
	}
	raw, _ := windows.UTF16PtrFromString("RAW") // it has no zero in it
	info := docInfo{name: name, kind: raw}
	job, _, err = startDoc.Call(uintptr(h), 1, uintptr(unsafe.Pointer(&info)))
	if job == 0 {
		return 0, err
	}
	for len(data) > 0 {
		var written uint32
		n := min(len(data), 1<<20)
		ok, _, err := writePrinter.Call(uintptr(h), uintptr(unsafe.Pointer(&data[0])), uintptr(n), uintptr(unsafe.Pointer(&written)))
		if ok == 0 || written == 0 {
			abortPrinter.Call(uintptr(h))
			return 0, err
		}
		data = data[written:]
	}
	if ok, _, err := endDoc.Call(uintptr(h)); ok == 0 {
		return 0, err
	}
	return job, nil
}

// gone asks for each job; one that the spooler does not know has left it. Whether
// it was printed or taken out, Windows does not tell.
func (q winQueue) gone(_ context.Context, jobs []string) (map[string]fate, error) {
	h, err := q.open()
	if err != nil {
		return nil, err
	}
	defer closePrinter.Call(uintptr(h))
	left := map[string]fate{}
	for _, job := range jobs {
		number, err := strconv.Atoi(strings.TrimPrefix(job, q.name+"-"))
		if err != nil {
			continue
		}
		var need uint32
		ok, _, failed := getJob.Call(uintptr(h), uintptr(number), 1, 0, 0, uintptr(unsafe.Pointer(&need)))
		if ok == 0 && errors.Is(failed, windows.ERROR_INVALID_PARAMETER) {
			left[job] = fate{printed: true, how: "left the queue " + q.name}
		}
	}
	return left, nil
}

// well opens the queue.
func (q winQueue) well(context.Context) error {
	h, err := q.open()
	if err == nil {
		closePrinter.Call(uintptr(h))
	}
	return err
}
