export { createOneTimeCode } from './auth/one-time-code.ts';
export { hashPassword } from './auth/passwords.ts';
export {
  buildGatewayConfig,
  type GatewayConfig,
  gatewayOwnSettings,
  gatewaySettings,
} from './config.ts';
export { createGateway, type Gateway } from './service.ts';
