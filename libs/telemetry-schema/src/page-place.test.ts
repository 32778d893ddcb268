import { describe, expect, it } from '@jest/globals';
import { pagePlace } from './page-place.ts';

describe('the place of a page', () => {
  it.each([
    ['/home', undefined, '/home'],
    ['/Product?id=7&x=1', undefined, '/Product'],
    ['/checkout#pay', undefined, '/checkout'],
    ['?id=1', undefined, '/'],
    ['', undefined, '/'],
    ['https://shop.example/home?a=1#b', 'shop.example', '/home'],
    ['HTTPS://Shop.ACME.example/A/b', 'shop.acme.example', '/A/b'],
    ['https://shop.acme.example/A/b', 'shop.acme.example', '/A/b'],
    ['http://SHOP.example:8080/', 'shop.example:8080', '/'],
    ['http://Shop.example', 'shop.example', '/'],
    ['https://Shop.example?id=1', 'shop.example', '/'],
    ['https://Bücher.example/Ä', 'bücher.example', '/Ä'],
    ['/go?to=https://Shop.example/', undefined, '/go'],
    ['/HTTPS://Shop.example/', undefined, '/HTTPS://Shop.example/'],
    ['/\ud800x', undefined, '/\ufffdx'],
    ['https://\udc00.example/', '\ufffd.example', '/'],
  ])('that %j names is on %p at %j', (url, host, path) => {
    expect(pagePlace(url)).toEqual({ host, path });
  });
});
