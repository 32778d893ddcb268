import { describe, expect, it } from '@jest/globals';
import { longPage, pageOf } from './page.ts';

describe('pageOf', () => {
  it.each([
    ['/home', '/home'],
    ['/product?id=7&x=1', '/product'],
    ['/checkout#pay', '/checkout'],
    ['?id=1', '/'],
    ['https://shop.example/home?a=1', 'shop.example/home'],
    ['HTTP://shop.example/', 'shop.example/'],
    ['http://shop.example', 'shop.example/'],
    ['HTTPS://Shop.ACME.example/A', 'shop.acme.example/A'],
    ['https://shop.acme.example/A', 'shop.acme.example/A'],
    ['/\ud800x', '/\ufffdx'],
    [`/${'x'.repeat(255)}`, `/${'x'.repeat(255)}`],
    [`/${'x'.repeat(256)}`, longPage],
  ])('counts %j for %j', (url, page) => {
    expect(pageOf(url)).toBe(page);
  });
});
