package worklist

import (
	"archive/zip"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

func unsigned(string) []byte { return nil }

// heads finds the columns of the sheet of the day, counted from 1.
func columnsOf(t *testing.T, f *excelize.File) map[string]int {
	t.Helper()
	rows, err := f.GetRows(SheetToday)
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, head := range rows[headRow-1] {
		at[head] = i + 1
	}
	return at
}

// fill writes cells of a workbook as a person would, by row from 1 and head.
func fill(t *testing.T, content []byte, cells map[int]map[string]any) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	at := columnsOf(t, f)
	for row, fields := range cells {
		for head, value := range fields {
			cell, _ := excelize.CoordinatesToCellName(at[head], headRow+row)
			if err := f.SetCellValue(SheetToday, cell, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// filledIn is what a morning's calls brought.
var filledIn = map[int]map[string]any{
	1: {headOutcome: "yes", headNote: "asked the manager"},
	2: {headOutcome: "Promised", headPromised: 46360, headAmount: 500.5},
	3: {headOutcome: "call back", headDispute: "Price", headDisputed: "250", headOnly: "INV-2", headCallBack: "2026-12-01"},
}

// wantFilled looks at what filledIn is read as.
func wantFilled(t *testing.T, rows []Filled, problems []Problem) {
	t.Helper()
	if len(problems) > 0 || len(rows) != 3 {
		t.Fatalf("%d rows, problems %+v", len(rows), problems)
	}
	if r := rows[0]; r.ID != 4 || r.Outcome != "yes" || r.Note != "asked the manager" || r.Company != "1" || !strings.EqualFold(r.List, "dana") {
		t.Errorf("row 1: %+v", r)
	}
	if r := rows[1]; r.ID != 3 || r.Outcome != "promised" || r.Promised != ar.MustDay("2026-12-04") || *r.Amount != (ar.Money{Minor: 50050, Currency: "USD"}) {
		t.Errorf("row 2: %+v %v", r, r.Amount)
	}
	if r := rows[2]; r.Outcome != "call_back" || r.Dispute != "price" || r.Disputed.Minor != 25000 || r.CallBack != ar.MustDay("2026-12-01") || r.Only[0] != "INV-2" {
		t.Errorf("row 3: %+v", r)
	}
}

func TestFilledWorkbookIsReadBack(t *testing.T) {
	empty := written(t, build(t))
	rows, problems, err := Read(bytes.NewReader(empty), unsigned)
	if err != nil || len(rows)+len(problems) > 0 {
		t.Fatalf("an empty list: %v %v %v", rows, problems, err)
	}
	rows, problems, err = Read(bytes.NewReader(fill(t, empty, filledIn)), unsigned)
	if err != nil {
		t.Fatal(err)
	}
	wantFilled(t, rows, problems)
}

// LibreOffice opens and saves what was filled in; the same comes back.
func TestLibreOfficeSavesWhatWeRead(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("SKIPPED: LibreOffice (soffice) is not installed, no workbook saved by another program is read")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "list.xlsx")
	if err := os.WriteFile(path, fill(t, written(t, build(t)), filledIn), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.ToSlash(dir)+"/profile", "--headless",
		"--convert-to", "xlsx", "--outdir", filepath.Join(dir, "out"), path).CombinedOutput()
	if err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	saved, err := os.Open(filepath.Join(dir, "out", "list.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer saved.Close()
	rows, problems, err := Read(saved, unsigned)
	if err != nil {
		t.Fatal(err)
	}
	wantFilled(t, rows, problems)
}

func TestBadCellsAreNamed(t *testing.T) {
	empty := written(t, build(t))
	for name, c := range map[string]struct {
		fields map[string]any
		want   string
	}{
		"a day in words":         {map[string]any{headPromised: "next Friday"}, "it is no day"},
		"a day two ways":         {map[string]any{headPromised: "12/11/2026"}, "it is no day"},
		"a day before 1900":      {map[string]any{headCallBack: 3}, "it is no day"},
		"an amount in words":     {map[string]any{headPromised: 46360, headAmount: "500 USD"}, "it is no amount of USD"},
		"a comma":                {map[string]any{headPromised: 46360, headAmount: "1,250.00"}, "it is no amount of USD"},
		"too many decimals":      {map[string]any{headPromised: 46360, headAmount: 1.005}, "it is no amount of USD"},
		"a bomb of a number":     {map[string]any{headPromised: 46360, headAmount: "1e999999999"}, "it is no amount of USD"},
		"nothing":                {map[string]any{headPromised: 46360, headAmount: 0}, "it is not above nought"},
		"less":                   {map[string]any{headPromised: 46360, headAmount: -5}, "it is not above nought"},
		"no such currency":       {map[string]any{headPromised: 46360, headAmount: 5, headCurrency: "XQQ"}, "no currency that is known"},
		"an amount without day":  {map[string]any{headAmount: 5}, "an amount is promised and no day"},
		"an amount without code": {map[string]any{headDisputed: 5}, "no code says why"},
		"a moved row":            {map[string]any{headNote: "x", headNumber: "C99"}, "its key is of task 3 of customer C12"},
		"an altered key":         {map[string]any{headNote: "x", headKey: "hf1.e30.00"}, "the row's key was altered"},
		"no key":                 {map[string]any{headNote: "x", headKey: ""}, "the row has no key"},
	} {
		t.Run(name, func(t *testing.T) {
			content := fill(t, empty, map[int]map[string]any{2: c.fields, 4: {headNote: "good"}})
			rows, problems, err := Read(bytes.NewReader(content), unsigned)
			if err != nil {
				t.Fatal(err)
			}
			if len(problems) != 1 || !strings.Contains(problems[0].What, c.want) || !strings.HasSuffix(problems[0].Cell, "6") || problems[0].Cure == "" {
				t.Errorf("problems %+v, want one of row 6: %s", problems, c.want)
			}
			if len(rows) != 1 || rows[0].Note != "good" {
				t.Errorf("the good row was not taken: %+v", rows)
			}
		})
	}
}

func TestRowsMayStandAnywhereButOnce(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(fill(t, written(t, build(t)), map[int]map[string]any{2: {headNote: "moved"}})))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.DuplicateRowTo(SheetToday, headRow+2, headRow+5); err != nil {
		t.Fatal(err)
	}
	if err := f.RemoveRow(SheetToday, headRow+2); err != nil {
		t.Fatal(err)
	}
	if err := f.DuplicateRow(SheetToday, headRow+4); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	rows, problems, err := Read(&out, unsigned)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1 || rows[0].ID != 3 || rows[0].Row != headRow+4 {
		t.Errorf("rows %+v", rows)
	}
	if len(problems) != 1 || !strings.Contains(problems[0].What, "stands in row 8 already") {
		t.Errorf("problems %+v", problems)
	}
}

func TestKeysOfAnotherSealAreRefused(t *testing.T) {
	l := build(t)
	l.Sign = []byte("ours")
	content := fill(t, written(t, l), filledIn)
	for key, want := range map[string]int{"ours": 3, "theirs": 0} {
		rows, problems, err := Read(bytes.NewReader(content), func(string) []byte { return []byte(key) })
		if err != nil || len(rows) != want || len(problems) != 3-want {
			t.Errorf("%s: %d rows, %d problems, %v", key, len(rows), len(problems), err)
		}
	}
}

func TestWhatIsNoWorklistIsRefused(t *testing.T) {
	other := excelize.NewFile()
	var plain, today, bomb bytes.Buffer
	if err := other.Write(&plain); err != nil {
		t.Fatal(err)
	}
	other.SetSheetName("Sheet1", SheetToday)
	other.SetCellValue(SheetToday, "A1", "my own list")
	if err := other.Write(&today); err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(&bomb)
	w, _ := z.Create("xl/worksheets/sheet1.xml")
	for range 250 {
		w.Write(make([]byte, 1<<20))
	}
	z.Close()
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"no zip":           {[]byte("Dear customer"), "no workbook"},
		"empty":            {nil, "no workbook"},
		"another workbook": {plain.Bytes(), "it has no sheet Today"},
		"another Today":    {today.Bytes(), "it has no column Row key"},
		"half a file":      {written(t, build(t))[:3000], "no workbook"},
		"a bomb":           {bomb.Bytes(), "unzip size exceeds"},
	} {
		_, _, err := Read(bytes.NewReader(c.content), unsigned)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestAmountsAreExact(t *testing.T) {
	for text, want := range map[string]int64{
		"500.5": 50050, "1234.5599999999999": 123456, "1.2345E+3": 123450, "0.01": 1, "99999999999.99": 9999999999999, "8.9999999999999997E-2": 9,
	} {
		if got, ok := minorUnits(text, 2); !ok || got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
	for _, text := range []string{"", "1,5", "NaN", "1e99", "0.005", "12 USD", "--5", "1e999999999"} {
		if got, ok := minorUnits(text, 2); ok {
			t.Errorf("%q: %d, want a refusal", text, got)
		}
	}
}
