import { Modal, NumberInput, Select, SimpleGrid } from '@mantine/core';
import { useState } from 'react';
import type { StoredModelPrice } from '../../../../contracts/api/models.ts';
import { useModelProviders, usePutPrice } from '../../api/models.ts';
import { DialogForm } from '../../components/dialog-form.tsx';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import { modelsText } from '../../i18n/models.ts';
import { toDollars, toMicros } from '../../lib/money.ts';
import { ModelSelect } from './model-select.tsx';

/** Empty: a new one. */
export type EditedPrice = Partial<Omit<StoredModelPrice, 'updatedAt'>>;

export function PriceDialog({ price, onClose }: { price: EditedPrice | undefined; onClose(): void }) {
  const t = useT();
  return (
    <Modal opened={price !== undefined} onClose={onClose} title={price?.model ?? t(modelsText.setPrice)}>
      {price && <PriceForm price={price} onClose={onClose} />}
    </Modal>
  );
}

const rates = ['input', 'cached', 'cacheWrite', 'output'] as const;

function PriceForm({ price, onClose }: { price: EditedPrice; onClose(): void }) {
  const t = useT();
  const providers = useModelProviders();
  const put = usePutPrice();
  const [provider, setProvider] = useState(price.provider ?? '');
  const [model, setModel] = useState(price.model ?? '');
  const [dollars, setDollars] = useState<Record<(typeof rates)[number], number | ''>>({
    input: shown(price.input),
    cached: shown(price.cached),
    cacheWrite: shown(price.cacheWrite),
    output: shown(price.output),
  });
  const { input, output, cached, cacheWrite } = dollars;
  const choices = (providers.data ?? []).filter(({ builtIn }) => !builtIn);
  return (
    <DialogForm
      action={t(common.save)}
      request={put}
      onSubmit={(event) => {
        event.preventDefault();
        if (input === '' || output === '') return;
        // What the cache costs is what input costs, unless somebody says otherwise.
        const micros = {
          input: toMicros(input),
          output: toMicros(output),
          cached: toMicros(cached === '' ? input : cached),
          cacheWrite: toMicros(cacheWrite === '' ? input : cacheWrite),
        };
        put.mutate({ provider, model, ...micros }, { onSuccess: onClose });
      }}
      onCancel={onClose}
      disabled={model.trim() === '' || input === '' || output === ''}
      testId="price-save"
    >
      <Select
        label={t(modelsText.provider)}
        data={[
          { value: '', label: t(modelsText.everyProvider) },
          ...choices.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={provider}
        onChange={(next) => setProvider(next ?? '')}
        allowDeselect={false}
      />
      <ModelSelect
        label={t(modelsText.model)}
        provider={provider || choices[0]?.id || 'sandbox'}
        value={model}
        onChange={setModel}
      />
      <SimpleGrid cols={2}>
        {rates.map((rate) => (
          <NumberInput
            key={rate}
            label={t(modelsText[rate])}
            prefix="$"
            min={0}
            decimalScale={6}
            value={dollars[rate]}
            onChange={(next) => setDollars({ ...dollars, [rate]: typeof next === 'number' ? next : '' })}
            data-testid={`price-${rate}`}
          />
        ))}
      </SimpleGrid>
    </DialogForm>
  );
}

function shown(micros: number | undefined): number | '' {
  return micros === undefined ? '' : toDollars(micros);
}
