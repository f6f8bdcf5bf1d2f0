import { text } from '../../../contracts/text.ts';

export const picturesText = {
  title: text('Pictures of other hosts', 'Imagens de outros hosts'),
  help: text(
    'A model may write what it has read into the address of a picture. So one is loaded when somebody asks for it, unless its host is named here.',
    'Um modelo pode escrever o que leu no endereço de uma imagem. Por isso ela só é carregada quando alguém pede, a não ser que seu host esteja aqui.',
  ),
  hosts: text('Hosts', 'Hosts'),
  hostsHelp: text(
    'With commas between them: images.example.com, *.example.org. Empty: none.',
    'Separados por vírgulas: images.example.com, *.example.org. Vazio: nenhum.',
  ),
  save: text('Save', 'Salvar'),
  saved: text('Saved.', 'Salvo.'),
};
