import { join } from 'node:path';
import { virtualEnvironment } from './virtual-environment.ts';

/** The path of a Python with PyArrow: a stock reader of Parquet, for what the files of the lake promise. */
export const pyArrow = async (): Promise<string> => join(await virtualEnvironment('pyarrow==22.0.0'), 'bin/python');
