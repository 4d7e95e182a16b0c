package config

type validator struct {
	*Config
	bound *binder
}

func (v *validator) all() {}
