import './Slider.css';

interface Props {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  /** The value in words, beside the slider and for screen readers. */
  readonly text: string;
  readonly onChange: (value: number) => void;
}

export function Slider({ label, min, max, step, value, text, onChange }: Props) {
  return (
    <div class="slider">
      <input
        type="range"
        aria-label={label}
        aria-valuetext={text}
        min={min}
        max={max}
        step={step}
        value={value}
        style={{ '--filled': `${(100 * (value - min)) / (max - min)}%` }}
        onInput={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
      <output>{text}</output>
    </div>
  );
}
