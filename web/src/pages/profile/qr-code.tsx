/** A text as a QR code. Dark on white in both themes: many cameras read nothing else. */
import { Center, Image } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { toString as toSvg } from 'qrcode';

export function QrCode({ text, label }: { text: string; label: string }) {
  const { data } = useQuery({
    queryKey: ['qr-code', text],
    queryFn: async () =>
      `data:image/svg+xml,${encodeURIComponent(await toSvg(text, { type: 'svg', margin: 2 }))}`,
    staleTime: Number.POSITIVE_INFINITY,
    // It holds a secret: gone with the dialog.
    gcTime: 0,
  });
  return (
    <Center h={200}>
      {data && <Image src={data} alt={label} w={200} h={200} radius="md" data-testid="qr-code" />}
    </Center>
  );
}
