package adapters

import (
	"context"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// Companies lists the companies that the ERP database of cfg holds; cfg.Company
// may be empty.
func Companies(ctx context.Context, cfg Config) ([]ar.Company, error) {
	e, err := Open(cfg)
	if err != nil {
		return nil, err
	}
	defer e.Close()
	var list []ar.Company
	err = e.reading(ctx, "list companies", nil, func(s *session) error {
		list, err = s.companies(ctx)
		return err
	})
	return list, err
}

// ReadCompany reads the company that this adapter reads; fault.NotFound names
// those that there are.
func (e *ERP) ReadCompany(ctx context.Context) (ar.Company, error) {
	var company ar.Company
	err := e.reading(ctx, "read the company", nil, func(s *session) error {
		found, err := s.base(ctx)
		if err == nil {
			company = *found
		}
		return err
	})
	return company, err
}

// companies reads every company of the database.
func (s *session) companies(ctx context.Context) ([]ar.Company, error) {
	var list []ar.Company
	rows := &table[ar.Company]{
		query: s.erp.cfg.Preset.Queries["companies"], codes: s.erp.cfg.Preset.Codes, fields: companyFields,
		m: newMapping(s.erp.cfg.Source, nil),
		take: func(c *ar.Company) error {
			c.Source = s.erp.cfg.Source
			list = append(list, *c)
			return nil
		},
	}
	err := s.stream(ctx, rows.query, nil, rows)
	return list, err
}

func unknownCompany(id ar.CompanyID, all []ar.Company) error {
	names := make([]string, len(all))
	for i, c := range all {
		names[i] = string(c.ID) + " (" + c.Name + ")"
	}
	return fault.New(fault.NotFound, "the ERP has no company %q", id).
		WithCure("set company to one of: %s", strings.Join(names, ", "))
}
