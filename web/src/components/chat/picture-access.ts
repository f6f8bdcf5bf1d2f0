/** How a page gets at pictures that messages name: members by the workspace, whoever has a link by that link. */
import { createContext, useContext } from 'react';
import type { OpenedPicture } from '../../../../contracts/api/pictures.ts';
import { inBatches, loadPicture, openPictures } from '../../api/pictures.ts';

export interface PictureAccess {
  /** Among what is remembered. */
  key: string;
  open(url: string): Promise<OpenedPicture>;
  /** When a person asks for one; left out: they can't. */
  load?: (url: string) => Promise<OpenedPicture>;
}

const ofMembers: PictureAccess = { key: 'member', open: inBatches(openPictures), load: loadPicture };

const Context = createContext(ofMembers);

export const PictureAccessProvider = Context.Provider;

export function usePictureAccess(): PictureAccess {
  return useContext(Context);
}
