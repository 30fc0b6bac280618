import type { Child } from 'hono/jsx';
import type { Field, Form } from './payment-details.ts';

export type FieldFaults = Partial<Record<Field, string>>;

interface FieldProps {
  name: Field;
  label: string;
  form: Form;
  faults: FieldFaults;
  autocomplete: string;
}

/** A line of text that is asked for. */
export function TextField({
  type = 'text',
  required = true,
  readonly = false,
  ...field
}: FieldProps & { type?: string; required?: boolean; readonly?: boolean }) {
  const { name, label, form, faults, autocomplete } = field;
  return (
    <div class="field">
      <label for={name}>{required ? label : `${label} (optional)`}</label>
      <input
        id={name}
        name={name}
        type={type}
        value={form[name]}
        autocomplete={autocomplete}
        required={required}
        readonly={readonly}
        {...describeFault(name, faults)}
      />
      <Fault name={name} faults={faults} />
    </div>
  );
}

/** One of several. @param options value and words of each */
export function SelectField({
  options,
  children,
  ...field
}: FieldProps & { options: [string, string][]; children?: Child }) {
  const { name, label, form, faults, autocomplete } = field;
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select
        id={name}
        name={name}
        autocomplete={autocomplete}
        required={true}
        {...describeFault(name, faults)}
      >
        {options.map(([value, words]) => (
          <option value={value} selected={value === form[name]}>
            {words}
          </option>
        ))}
      </select>
      {children}
      <Fault name={name} faults={faults} />
    </div>
  );
}

/** What is wrong with a field, right below it. */
export function Fault({ name, faults }: { name: Field; faults: FieldFaults }) {
  if (!faults[name]) return null;
  return (
    <p class="fault" id={`${name}-fault`}>
      {faults[name]}
    </p>
  );
}

const describeFault = (name: Field, faults: FieldFaults): Record<string, string> =>
  faults[name] ? { 'aria-invalid': 'true', 'aria-describedby': `${name}-fault` } : {};
